import type { Options } from '../routing/types.js';
import { isSaying } from './actions.js';
import { randomOf } from './random.js';
import { Targets } from './targets.js';
import type { Action, Deed, Members, Plan, Saying, Scenario } from './types.js';

/** What a plan lets its users do. The same for every worker and every runner: it follows from scenario, size, options and seed alone. */
export interface Workload {
  /** With how many devices each user is online from the start. */
  readonly devices: number;
  readonly rooms: readonly Members[];
  /** What its users do beside saying messages. */
  readonly does: readonly Deed[];
  /** In order of time, from the beginning at every call. */
  actions(): Iterable<Action>;
  /** The like of its messages for the warm-up, from a random stream of its own: what is measured is the same with and without. */
  warmUpActions(): Iterable<Saying>;
  /** Ids of the users that a message for a target (`u:u7`, `r:r3`) is for; nobody where there is no such target. */
  members(target: string): readonly string[];
}

export type Played = Pick<Plan, 'size' | 'seed'> & Partial<Pick<Plan, 'warmUpSeconds' | 'scenarioOptions'>>;

export function workloadOf(scenario: Scenario, { size, seed, warmUpSeconds = 0, scenarioOptions }: Played): Workload {
  const options: Options = { ...scenario.options, ...scenarioOptions };
  const rooms = scenario.rooms?.(size, randomOf(seed, scenario.name, 'rooms'), options) ?? [];
  const targets = new Targets(size.users, rooms);
  return {
    devices: scenario.devices?.(options) ?? 1,
    rooms,
    does: scenario.does ?? [],
    actions: () => scenario.actions(size, randomOf(seed, scenario.name, 'actions'), rooms, options),
    warmUpActions: () =>
      sayingsOf(scenario.actions({ ...size, seconds: warmUpSeconds }, randomOf(seed, scenario.name, 'warm-up'), rooms, options)),
    members: (target) => targets.members(target),
  };
}

function* sayingsOf(actions: Iterable<Action>): Iterable<Saying> {
  for (const action of actions) if (isSaying(action)) yield action;
}
