import { usage } from '../../error.js';
import { sum } from '../../measure/accounting.js';
import { checkOnlySays } from '../../plan/actions.js';
import type { Plan, Scenario } from '../../plan/types.js';
import { draws } from '../../routing/hash.js';
import type { Routing, Strategy } from '../../routing/types.js';
import { placedByTransport } from '../placedByTransport.js';
import type { Estimate } from './estimate.js';
import { Places } from './loads.js';
import type { Questions } from './questions.js';
import type { Holdings } from './subscriptions.js';

/** What a model heeds of a plan. */
export type ModelPlan = Pick<Plan, 'seed' | 'strategy' | 'scenario' | 'scenarioOptions' | 'size' | 'warmUpSeconds' | 'rooms' | 'topology'>;

/** What a model is made from. */
export interface Subject {
  readonly plan: ModelPlan;
  readonly strategy: Strategy;
  readonly scenario: Scenario;
  readonly routing: Routing;
  readonly places: Places;
  /** How many each node has, by the word of a run, where a transport places them. Absent: nobody knows, or the plan says. */
  readonly sockets?: readonly number[];
}

/** `sockets`: of each node, by the word of a run. */
export function subjectOf(plan: ModelPlan, strategy: Strategy, scenario: Scenario, sockets?: readonly number[]): Subject {
  checkOnlySays(scenario, 'the model');
  checkOneDevice(plan, scenario);
  const routing = strategy.route(plan.topology, plan.strategy.options);
  const known = placedByTransport(plan.topology) && sockets !== undefined && sum(sockets) > 0;
  return { plan, strategy, scenario, routing, places: new Places(plan.topology, strategy.mesh === true), ...(known && { sockets }) };
}

function checkOneDevice({ scenarioOptions }: ModelPlan, { name, devices, options }: Scenario): void {
  const each = devices?.({ ...options, ...scenarioOptions }) ?? 1;
  if (each > 1)
    throw usage(`scenario ${name} cannot be modelled: the model knows one device of each user, not ${each}; simulate it or run it live`);
}

/** How the messages of a plan were taken. */
export type Manner =
  /** One by one, as they will be sent: figures are exact, as far as the strategy's answers decide them. */
  | { readonly name: 'all' }
  /** One by one, with sockets on whatever nodes a transport may put them. */
  | { readonly name: 'placements'; readonly placements: number }
  /** So many like them. */
  | { readonly name: 'sample'; readonly messages: number };

/** The loads that a plan must cause, with the error of each. */
export interface Model {
  readonly plan: ModelPlan;
  readonly manner: Manner;
  readonly messages: number;
  readonly estimate: Estimate;
  /** What a node holds: of every node, or of some that stand for all. */
  readonly holdings: readonly Holdings[];
  /** Kept answers of directories, where the order of messages decides how many questions there are. */
  readonly questions: Questions | null;
  readonly assumptions: readonly string[];
}

/** At how many places one topic is heard, and a message put. */
export function widthOf(routing: Routing, node: string): { readonly listened: number; readonly put: number } {
  const known = routing.subscribe('u:u0', node);
  const put = routing.publish('u:u0', { node, known, random: draws('width', 0) });
  return { listened: known.length, put: put.length };
}

export function messagesOf({ ratePerSecond, seconds }: Plan['size']): number {
  return Math.round(ratePerSecond * seconds);
}

/** Relays between so many pairs of brokers take all memory there is before anything is computed. */
const relaysMost = 2e7;

/** Refuses a size at which the strategy itself, not the model, would need too much: relays grow with the square of the brokers. */
export function checkGrowth(strategy: Strategy, size: Plan['size'], options: Plan['strategy']['options']): void {
  const few = 16;
  const asked = strategy.fit?.(size, options) ?? size;
  if (asked.brokers <= few) return;
  const relays = strategy.brokers({ ...asked, brokers: few }).reduce((sum, { relaysTo = [] }) => sum + relaysTo.length, 0);
  const expected = relays * (asked.brokers / few) ** 2;
  if (expected <= relaysMost) return;
  throw usage(
    `strategy ${strategy.name} relays between all pairs of ${asked.brokers} brokers, about ${expected.toExponential(0)} ways: no machine holds that; ask for fewer --brokers`,
  );
}
