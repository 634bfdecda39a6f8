import { BenchError } from '../error.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import type { Plan, Scenario } from '../plan/types.js';
import type { Size, Strategy } from '../routing/types.js';
import { type Outlook, type OutlookPlan, outlookOf } from '../run/modelled/outlook.js';

/** What the model says of a run's plan as it is, and with twice as many of each. */
export interface Prospect {
  readonly plan: OutlookPlan;
  readonly now: Outlook;
  readonly twice: Readonly<Record<'nodes' | 'brokers' | 'users', Outlook>>;
}

/** As much of a plan as a page needs to model it; undefined: it is not all in the folders of this project, which alone are in the page. */
export function outlookPlanOf(plan: Plan): OutlookPlan | undefined {
  const { seed, strategy, scenario, scenarioFile, scenarioOptions, size, warmUpSeconds, rooms } = plan;
  if (strategy.file !== null || scenarioFile !== undefined) return undefined;
  const options = scenarioOptions === undefined ? {} : { scenarioOptions };
  return { seed, strategy, scenario, size, warmUpSeconds, rooms, ...options };
}

/** undefined: the model does not know such a workload, or the strategy is none of this version. */
export async function prospectOf(whole: Plan): Promise<Prospect | undefined> {
  const plan = outlookPlanOf(whole);
  if (plan === undefined) return undefined;
  try {
    const { strategy } = await checkedStrategy(plan.strategy.name);
    return prospect(plan, strategy, await loadScenario(plan.scenario));
  } catch (error) {
    if (error instanceof BenchError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function prospect(plan: OutlookPlan, strategy: Strategy, scenario: Scenario): Prospect {
  const { size } = plan;
  const at = (changed: Partial<Size>) => outlookOf(plan, strategy, scenario, { ...size, ...changed });
  const users = { users: 2 * size.users, ratePerSecond: 2 * size.ratePerSecond };
  return {
    plan,
    now: at({}),
    twice: { nodes: at({ nodes: 2 * size.nodes }), brokers: at({ brokers: 2 * size.brokers }), users: at(users) },
  };
}
