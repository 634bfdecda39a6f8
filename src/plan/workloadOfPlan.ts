import { scenarioOf } from './scenarios.js';
import type { Plan } from './types.js';
import { type Workload, workloadOf } from './workload.js';

/** The workload of a plan, wherever its scenario lies. */
export async function workloadOfPlan(plan: Plan): Promise<Workload> {
  return workloadOf(await scenarioOf(plan), plan);
}
