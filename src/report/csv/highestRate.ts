import type { HighestRate } from '../highestRate.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/** Every figure of every measurement of the search, in its order; the answer stands at the end, without a step. */
export function highestRateRows({ startedAt, source, scenario, rooms, seed, strategy, trials, answer }: HighestRate): Rows {
  const head = [startedAt, source, scenario, rooms, seed, strategy];
  return {
    head: ['startedAt', 'source', 'scenario', 'rooms', 'seed', 'strategy', 'trial', 'step', 'holds', 'limit', 'figure', 'value'],
    rows: [
      ...trials.flatMap(({ step, holds, limit, ...figures }, index) =>
        leavesOf({ ...figures, folder: undefined }).map((leaf) => [...head, index + 1, step, holds ? 'yes' : 'no', limit, ...leaf]),
      ),
      ...(answer === null
        ? []
        : leavesOf({ ...answer, limit: undefined }).map((leaf) => [...head, null, null, null, answer.limit, ...leaf])),
    ],
  };
}
