import Table from 'cli-table3';
import { uncoloured } from '../table.js';
import type { Costs } from './rounds.js';
import { type Spread, spreadOf } from './statistics.js';
import type { Target } from './targets.js';

export function costTable(title: string, costs: Costs): string {
  const rows = [...costs].map(([name, all]) => {
    const spread = (pick: (cost: (typeof all)[number]) => number, digits: number) => words(spreadOf(all.map(pick)), digits);
    return [
      name,
      spread((cost) => cost.generatorUs, 1),
      spread((cost) => cost.serverUs, 1),
      spread((cost) => cost.messagesPerSecond, 0),
      spread((cost) => cost.generatorShare, 2),
      spread((cost) => cost.serverShare, 2),
      all.every(({ lag }) => lag !== null) ? spread(({ lag }) => lag?.p50 ?? Number.NaN, 2) : '',
      all.every(({ lag }) => lag !== null) ? spread(({ lag }) => lag?.p99 ?? Number.NaN, 2) : '',
    ];
  });
  return tableOf(
    [title, 'generator µs/message', 'server µs/message', 'messages/s', 'generator cores', 'server cores', 'lag ms p50', 'p99'],
    rows,
  );
}

export function targetTable(targets: readonly Target[]): string {
  const mark = (met: boolean | null) => (met === null ? 'unknown' : met ? 'met' : 'MISSED');
  const rows = targets.map(({ what, wanted, found, everyRound, met, note }) => [
    what,
    wanted,
    [found === null ? 'nothing' : words(found, 3), note, everyRound && `every round: ${words(everyRound, 3)}`].filter(Boolean).join('; '),
    mark(met),
  ]);
  return tableOf(['target', 'wanted', 'found', ''], rows);
}

/** Median, and the least and most of all rounds. */
function words({ median, least, most }: Spread, digits: number): string {
  const shown = median >= 1000 ? 0 : digits;
  return `${median.toFixed(shown)} (${least.toFixed(shown)} - ${most.toFixed(shown)})`;
}

function tableOf(head: string[], rows: string[][]): string {
  const table = new Table({ head, style: uncoloured });
  table.push(...rows);
  return table.toString();
}
