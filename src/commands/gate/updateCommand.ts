import { quoted } from '../flag.js';
import type { BaselineFlags } from './flags.js';

/** The command that writes the baseline of these flags. */
export function updateCommand({ baseline, strategies }: BaselineFlags): string {
  return ['npx bench baseline update', ...strategiesAgain(strategies), `--baseline ${quoted(baseline)}`].join(' ');
}

export function strategiesAgain(strategies: readonly string[] | undefined): readonly string[] {
  return strategies === undefined ? [] : [`--strategies ${quoted(strategies.join(','))}`];
}
