import { randomOf } from './random.js';
import { Targets } from './targets.js';
import type { Action, Members, Plan, Scenario } from './types.js';

/** What a plan lets its users do. The same for every worker and every runner: it follows from scenario, size and seed alone. */
export interface Workload {
  readonly rooms: readonly Members[];
  /** In order of time, from the beginning at every call. */
  actions(): Iterable<Action>;
  /** The like of it for the warm-up, from a random stream of its own: what is measured is the same with and without. */
  warmUpActions(): Iterable<Action>;
  /** Ids of the users that a message for a target (`u:u7`, `r:r3`) is for; nobody where there is no such target. */
  members(target: string): readonly string[];
}

type Played = Pick<Plan, 'size' | 'seed'> & Partial<Pick<Plan, 'warmUpSeconds'>>;

export function workloadOf(scenario: Scenario, { size, seed, warmUpSeconds = 0 }: Played): Workload {
  const rooms = scenario.rooms?.(size, randomOf(seed, scenario.name, 'rooms')) ?? [];
  const targets = new Targets(size.users, rooms);
  return {
    rooms,
    actions: () => scenario.actions(size, randomOf(seed, scenario.name, 'actions'), rooms),
    warmUpActions: () => scenario.actions({ ...size, seconds: warmUpSeconds }, randomOf(seed, scenario.name, 'warm-up'), rooms),
    members: (target) => targets.members(target),
  };
}
