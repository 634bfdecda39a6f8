import type { Comparison } from '../comparison.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/** Every figure of every strategy; `round` is empty for what counts for all rounds, medians among them. */
export function comparisonRows({ startedAt, source, scenario, rooms, seed, runs }: Comparison): Rows {
  const head = [startedAt, source, scenario, rooms, seed];
  return {
    head: ['startedAt', 'source', 'scenario', 'rooms', 'seed', 'strategy', 'round', 'verdict', 'figure', 'value'],
    rows: runs.flatMap(({ strategy, status, rounds, row, ...figures }) => [
      ...leavesOf({ ...figures, ...(row === null ? {} : { row }) }).map((leaf) => [...head, strategy, null, status, ...leaf]),
      ...rounds.flatMap(({ status: verdict, ...measured }, index) =>
        leavesOf(measured).map((leaf) => [...head, strategy, index + 1, verdict, ...leaf]),
      ),
    ]),
  };
}
