import type { Claims } from '../claims.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/** What was seen at every place; then, for each part of a claim, the figure that decided it, divided by that of the place beside where there is one, in every round. */
export function claimsRows({ startedAt, source, scenario, rooms, seed, observed, claims }: Claims): Rows {
  const head = [startedAt, source, scenario, rooms, seed];
  return {
    head: [
      'startedAt',
      'source',
      'scenario',
      'rooms',
      'seed',
      'strategy',
      'point',
      'besideStrategy',
      'besidePoint',
      'part',
      'holds',
      'least',
      'most',
      'figure',
      'value',
    ],
    rows: [
      ...observed.flatMap(({ strategy, point, figures }) =>
        leavesOf(figures).map((leaf) => [...head, strategy, point, ...Array.from({ length: 6 }, () => null), ...leaf]),
      ),
      ...claims.flatMap(({ strategy, parts }) =>
        parts.flatMap(({ id, criterion, holds, values }) => {
          const { of, beside, least = null, most = null, figure = null } = criterion ?? {};
          const place = [of?.strategy ?? strategy, of?.point ?? null, beside?.strategy ?? null, beside?.point ?? null];
          const part = [...head, ...place, id, holds === null ? null : String(holds), least, most, figure];
          return (values.length === 0 ? [null] : values).map((value) => [...part, value]);
        }),
      ),
    ],
  };
}
