import type { Claims } from '../claims.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/** What was seen at every place; then, for each part of a claim, the figure or ratio that decided it, in every round. */
export function claimsRows({ startedAt, source, scenario, rooms, seed, observed, claims }: Claims): Rows {
  const head = [startedAt, source, scenario, rooms, seed];
  return {
    head: ['startedAt', 'source', 'scenario', 'rooms', 'seed', 'strategy', 'point', 'part', 'holds', 'figure', 'value'],
    rows: [
      ...observed.flatMap(({ strategy, point, figures }) =>
        leavesOf(figures).map((leaf) => [...head, strategy, point, null, null, ...leaf]),
      ),
      ...claims.flatMap(({ strategy, parts }) =>
        parts.flatMap(({ id, criterion, holds, values }) => {
          const part = [...head, strategy, criterion?.of.point ?? null, id, holds === null ? null : String(holds)];
          return (values.length === 0 ? [null] : values).map((value) => [...part, criterion?.figure ?? null, value]);
        }),
      ),
    ],
  };
}
