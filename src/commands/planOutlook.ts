import { BenchError } from '../error.js';
import { draftOf, type Request } from '../plan/plan.js';
import type { CapacityPlan } from '../report/capacityPlan.js';
import type { OutlookRow } from '../report/outlook.js';
import { outlookPlanOf } from '../report/prospect.js';
import { outlookOf } from '../run/modelled/outlook.js';

/** What the model says of every strategy with the fleet that is advised; without those that cannot run at that size. */
export function outlooksOf({ advice, strategies }: CapacityPlan, requests: readonly Request[]): readonly OutlookRow[] {
  const advised = strategies.find(({ strategy }) => strategy === advice?.strategy);
  if (advised === undefined) return [];
  const { nodes, brokers, directories } = advised;
  // A fleet without brokers leaves open how many a strategy that needs some would get.
  const fleet = { nodes, brokers: Math.max(1, brokers - directories) };
  return requests.flatMap((request) => outlookAt({ ...request, size: { ...request.size, ...fleet } }));
}

function outlookAt(request: Request): readonly OutlookRow[] {
  const { strategy, scenario } = request;
  try {
    const plan = outlookPlanOf(draftOf(request));
    return plan === undefined ? [] : [{ plan, now: outlookOf(plan, strategy, scenario) }];
  } catch (error) {
    if (error instanceof BenchError || error instanceof RangeError) return [];
    throw error;
  }
}
