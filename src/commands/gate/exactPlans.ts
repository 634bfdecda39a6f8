import type { Plan } from '../../plan/types.js';
import type { Given } from '../../run/cast.js';
import { prepare } from '../planning.js';
import { type RunFlags, runFlags } from '../runFlags.js';
import { type ExactRun, exactSet, exactSize, type Workload, workloads } from './exactSet.js';

/** One run of the exact layer, ready to start. */
export interface PlannedRun extends ExactRun {
  readonly plan: Plan;
}

/** Every run of the set; a form of rooms that a strategy of one's own does not run is left out. */
export async function exactPlans(strategies: readonly string[] | null, given: Given): Promise<readonly PlannedRun[]> {
  const planned: PlannedRun[] = [];
  for (const run of exactSet(strategies)) {
    const workload: Workload = workloads[run.workload];
    const { plan } = await prepare(run.strategy, flagsOf(workload), given);
    if (workload.rooms === undefined || workload.rooms === plan.rooms) planned.push({ ...run, plan });
  }
  return planned;
}

/** What is counted does not depend on a warm-up. */
function flagsOf({ set = {}, ...workload }: Workload): RunFlags {
  return { ...standardFlags(), ...exactSize, ...workload, set, warmUp: 0 };
}

/** Every flag of a run as if none was given. */
export function standardFlags(): RunFlags {
  return Object.fromEntries(Object.entries(runFlags as object).map(([name, { standard }]) => [name, standard])) as RunFlags;
}
