import { BenchError } from '../error.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import type { Plan } from '../plan/types.js';
import type { Size } from '../routing/types.js';
import { type Outlook, type OutlookPlan, outlookOf } from '../run/modelled/outlook.js';
import type { OutlookRow } from './outlook.js';

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
export function prospectOf(plan: Plan): Promise<Prospect | undefined> {
  return asked(plan, (known, at) => {
    const { size } = known;
    const users = { users: 2 * size.users, ratePerSecond: 2 * size.ratePerSecond };
    return {
      plan: known,
      now: at({}),
      twice: { nodes: at({ nodes: 2 * size.nodes }), brokers: at({ brokers: 2 * size.brokers }), users: at(users) },
    };
  });
}

/** Only of the plan as it is. */
export function outlookRowOf(plan: Plan): Promise<OutlookRow | undefined> {
  return asked(plan, (known, at) => ({ plan: known, now: at({}) }));
}

type At = (changed: Partial<Size>) => Outlook;

async function asked<Answer>(whole: Plan, answer: (plan: OutlookPlan, at: At) => Answer): Promise<Answer | undefined> {
  const plan = outlookPlanOf(whole);
  if (plan === undefined) return undefined;
  try {
    const { strategy } = await checkedStrategy(plan.strategy.name);
    const scenario = await loadScenario(plan.scenario);
    return answer(plan, (changed) => outlookOf(plan, strategy, scenario, { ...plan.size, ...changed }));
  } catch (error) {
    if (error instanceof BenchError || error instanceof RangeError) return undefined;
    throw error;
  }
}
