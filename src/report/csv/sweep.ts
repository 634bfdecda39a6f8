import type { Sweep } from '../sweep.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/** Every figure at every size; exponents have no size, and are named by figure and variable: `exponent.receivedPerNode.nodes`. */
export function sweepRows({ startedAt, source, scenario, rooms, seed, vary, points, growth }: Sweep): Rows {
  const head = [startedAt, source, scenario, rooms, seed];
  const variables = vary.map(({ name }) => name);
  const nowhere = variables.map(() => null);
  return {
    head: ['startedAt', 'source', 'scenario', 'rooms', 'seed', 'strategy', ...variables, 'verdict', 'figure', 'value'],
    rows: [
      ...points.flatMap(({ strategy, at, status, figures }) =>
        leavesOf(figures).map((leaf) => [...head, strategy, ...variables.map((name) => at[name] ?? null), status, ...leaf]),
      ),
      ...growth.flatMap(({ strategy, figure, against, exponent, error }) => [
        [...head, strategy, ...nowhere, null, `exponent.${figure}.${against}`, exponent],
        [...head, strategy, ...nowhere, null, `error.${figure}.${against}`, error],
      ]),
    ],
  };
}
