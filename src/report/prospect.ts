import { BenchError } from '../error.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import type { Plan, Scenario } from '../plan/types.js';
import type { Size, Strategy } from '../routing/types.js';
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
  return loaded(plan, (known, at) => {
    const { size } = known;
    const users = { users: 2 * size.users, ratePerSecond: 2 * size.ratePerSecond };
    return {
      plan: known,
      now: at({}),
      twice: { nodes: at({ nodes: 2 * size.nodes }), brokers: at({ brokers: 2 * size.brokers }), users: at(users) },
    };
  });
}

/** Only of the plan as it is, by the size that was asked for: the same of all strategies, whatever each made of it. */
export function outlookRowOf(plan: Plan, size: Size): Promise<OutlookRow | undefined> {
  return loaded({ ...plan, size }, (known, at) => ({ plan: known, now: at({}) }));
}

/** The same with a scenario that is in no folder. */
export function outlookRowBy(whole: Plan, strategy: Strategy, scenario: Scenario): OutlookRow | undefined {
  const plan = outlookPlanOf(whole);
  return plan && ifModelled(() => ({ plan, now: outlookOf(plan, strategy, scenario) }));
}

type At = (changed: Partial<Size>) => Outlook;

async function loaded<Answer>(whole: Plan, answer: (plan: OutlookPlan, at: At) => Answer): Promise<Answer | undefined> {
  const plan = outlookPlanOf(whole);
  if (plan === undefined) return undefined;
  const found = await Promise.all([checkedStrategy(plan.strategy.name), loadScenario(plan.scenario)]).catch(unlessOurs);
  if (found === undefined) return undefined;
  const [{ strategy }, scenario] = found;
  return ifModelled(() => answer(plan, (changed) => outlookOf(plan, strategy, scenario, { ...plan.size, ...changed })));
}

/** undefined: what the model or a strategy refuses. */
export function ifModelled<Answer>(answer: () => Answer): Answer | undefined {
  try {
    return answer();
  } catch (error) {
    return unlessOurs(error);
  }
}

function unlessOurs(error: unknown): undefined {
  if (error instanceof BenchError || error instanceof RangeError) return undefined;
  throw error;
}
