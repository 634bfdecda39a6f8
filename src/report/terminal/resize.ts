import { createColors } from 'picocolors';
import type { Resize } from '../../run/simulated/resize.js';
import { percent, whole } from '../numbers.js';
import { columns } from './layout.js';

/** Simulated changes of the number of brokers, and what they were played with. */
export interface Resized {
  readonly setting: string;
  readonly results: readonly Resize[];
}

const heads = ['strategy', 'brokers', 'way', 'moved', 'subscribed', 'took', 'sent', 'lost', 'doubled', 'refused'];

/** A line for each strategy and way. */
export function renderResizes({ setting, results }: Resized, { colour }: { readonly colour: boolean }): string {
  const { bold, dim, red, green } = createColors(colour);
  const bad = (count: number) => (count === 0 ? green : red)(whole(count));
  const rows = results.map(({ strategy, way, from, to, movedShare, subscribes, tookMs, counts }) => [
    strategy,
    `${from} → ${to}`,
    way,
    percent(movedShare),
    whole(subscribes),
    `${whole(Math.round(tookMs * 10) / 10)} ms`,
    whole(counts.sent),
    bad(counts.lost),
    bad(counts.duplicated + counts.misdelivered),
    bad(counts.rejected),
  ]);
  const sides = ['left', 'left', 'left', ...heads.slice(3).map(() => 'right' as const)] as const;
  return `${[
    bold('The number of brokers changes in the middle of the load'),
    dim(`  simulated in virtual time: ${setting}`),
    '',
    ...columns([heads.map((word) => dim(word)), ...rows], [...sides]),
    dim('  moved: topics of users that have another place afterwards; refused: said while nobody could be reached'),
  ].join('\n')}\n`;
}
