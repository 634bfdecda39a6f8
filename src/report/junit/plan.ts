import { type CapacityPlan, statusOfPlan } from '../capacityPlan.js';
import type { JunitCase, JunitSuite } from '../junit.js';
import { plural } from '../numbers.js';

/** A case for whether anything carries the load; then one for each strategy, whose name says its fleet. One that cannot is skipped: that it cannot is an answer. */
export function planSuite(plan: CapacityPlan): JunitSuite {
  const { users, workload, strategies, impossible, startedAt, seed, command, calibration, environment } = plan;
  const carried: JunitCase = { name: 'a strategy carries the load', status: statusOfPlan(plan), words: ['none can under these demands'] };
  const fleets = strategies.map(
    ({ strategy, nodes, brokers }): JunitCase => ({
      name: `${strategy}: ${plural(nodes, 'node')}, ${plural(brokers, 'broker')}`,
      status: 'pass',
    }),
  );
  const others = impossible.map(({ strategy, why }): JunitCase => ({ name: strategy, status: 'skipped', words: [why] }));
  return {
    name: `${workload} for ${users} users`,
    cases: [carried, ...fleets, ...others],
    startedAt,
    properties: { seed: String(seed), calibration: calibration.where, commit: environment.commit ?? 'not known', command },
  };
}
