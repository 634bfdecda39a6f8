import type { CapacityPlan, PlannedStrategy } from '../capacityPlan.js';
import type { Cell } from '../csv.js';
import { leavesOf } from './leaves.js';
import type { Rows } from './run.js';

/**
 * What was demanded; every figure of every fleet; why the others have none; and what `hashed` would use with other numbers of users.
 * `take`: the strategy to take with so many users.
 */
export function planRows(plan: CapacityPlan): Rows {
  const { startedAt, workload, seed, calibration, ratePerUser, users, demands, strategies, impossible, advice, winners } = plan;
  const head = [startedAt, workload, seed, calibration.where, ratePerUser];
  const here = [...head, users, advice?.strategy ?? null];
  const others = winners.filter((winner) => winner.users !== users);
  return {
    head: ['startedAt', 'workload', 'seed', 'calibration', 'ratePerUser', 'users', 'take', 'strategy', 'figure', 'value', 'why'],
    rows: [
      ...leavesOf(demands, 'demands').map((leaf): readonly Cell[] => [...here, null, ...leaf, null]),
      ...strategies.flatMap((fleet) => leavesOf(figuresOf(fleet)).map((leaf) => [...here, fleet.strategy, ...leaf, null])),
      ...impossible.map(({ strategy, why }) => [...here, strategy, 'cores', null, why]),
      ...others.map((winner) => [...head, winner.users, winner.strategy, 'hashed', 'cores', winner.hashed, null]),
    ],
  };
}

/** Without its words. */
function figuresOf({ kinds: _, uncalibrated: __, ...fleet }: PlannedStrategy) {
  return fleet;
}
