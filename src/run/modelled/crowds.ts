import { BenchError } from '../../error.js';
import { sum } from '../../measure/accounting.js';
import { onlySayings } from '../../plan/actions.js';
import { nodeIndex } from '../../plan/placement.js';
import { randomOf } from '../../plan/random.js';
import type { Members, Plan, Random, Saying, Scenario } from '../../plan/types.js';
import { workloadOf } from '../../plan/workload.js';
import { hash } from '../../routing/hash.js';
import type { Options, Size } from '../../routing/types.js';
import type { Crowd } from './sendings.js';

type Played = Pick<Plan, 'size' | 'seed'> & Partial<Pick<Plan, 'scenarioOptions'>>;

const model = 'the model';

/** All users of a plan, and all they do. */
export interface Everybody extends Crowd {
  actions(): Iterable<Saying>;
  warmUpActions(): Iterable<Saying>;
}

export function everybody(scenario: Scenario, plan: Played & Partial<Pick<Plan, 'warmUpSeconds'>>): Everybody {
  const workload = workloadOf(scenario, plan);
  return {
    rooms: workload.rooms,
    node: (user) => nodeIndex(user, 0, plan.size.nodes),
    user: (user) => user,
    room: (room) => room,
    actions: () => onlySayings(workload.actions(), model),
    warmUpActions: () => workload.warmUpActions(),
  };
}

/** The same, wherever a transport that places sockets by itself may have put them. */
export function placedAnyhow<C extends Crowd>(crowd: C, nodes: number, draw: number): C {
  return { ...crowd, node: (user: number) => hash(`${user} on ${draw}`) % nodes };
}

/**
 * The same, with users dealt out to the nodes in the proportion of `sockets`: exactly so many to each where these are as many as the users.
 * Who is where is drawn.
 */
export function placedAs<C extends Crowd>(crowd: C, users: number, sockets: readonly number[], draw: number): C {
  const keys = Array.from({ length: users }, (_, user) => hash(`${user} on ${draw}`));
  const shuffled = Array.from(keys.keys()).sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0) || one - other);
  const all = sum(sockets);
  const nodes = new Int32Array(users);
  let [node, upTo] = [0, sockets[0] ?? 0];
  for (const [dealt, user] of shuffled.entries()) {
    while (node < sockets.length - 1 && (dealt + 0.5) * all >= upTo * users) upTo += sockets[++node] ?? 0;
    nodes[user] = node;
  }
  return { ...crowd, node: (user: number) => placeIn(nodes, user) };
}

function placeIn(nodes: Int32Array, user: number): number {
  const node = nodes[user];
  if (node === undefined) throw new BenchError('bug', `[the model] user ${user} is none of ${nodes.length}`);
  return node;
}

/** Users whose rooms are made to stand for those of all. */
const played = 20_000;

/** Some of very many: so many messages as often as wanted, each time others. */
export interface Sample extends Crowd {
  /** All rooms there are. */
  readonly roomCount: number;
  actions(batch: number, messages: number): Iterable<Saying>;
}

/**
 * A scenario played by fewer users, each of whom stands for one of a row of neighbours, and so with rooms: who writes to how many is
 * as with all of them, and who is where is drawn anew. Right for scenarios whose rooms do not grow with the number of users.
 */
export function sampleOf(scenario: Scenario, { size, seed, scenarioOptions }: Played): Sample {
  const options = { ...scenario.options, ...scenarioOptions };
  const users = scenario.rooms === undefined ? size.users : Math.min(size.users, played);
  const crowd = { ...size, users };
  const rooms = roomsOf(scenario, crowd, seed, options);
  const each = size.users / users;
  const spread = (number: number, what: string) => Math.floor((number + hash(`${what} ${number}`, seed) / 2 ** 32) * each);
  return {
    rooms,
    roomCount: rooms.length * each,
    node: (user) => nodeIndex(user, 0, size.nodes),
    user: each === 1 ? (user) => user : (user) => spread(user, 'user'),
    room: each === 1 ? (room) => room : (room) => spread(room, 'room'),
    actions: (batch, messages) =>
      onlySayings(
        scenario.actions(
          { ...crowd, ratePerSecond: messages, seconds: 1 },
          randomOf(seed, scenario.name, 'sample', `${batch}`),
          rooms,
          options,
        ),
        model,
      ),
  };
}

const kept = new WeakMap<Scenario, Map<string, readonly Members[]>>();

/** Many strategies are asked about one workload: its rooms are made once. */
function roomsOf(scenario: Scenario, size: Size, seed: number, options: Options): readonly Members[] {
  if (scenario.rooms === undefined) return [];
  const known = kept.get(scenario) ?? new Map<string, readonly Members[]>();
  kept.set(scenario, known);
  const key = `${seed} ${size.users} ${JSON.stringify(options)}`;
  const random: Random = randomOf(seed, scenario.name, 'rooms');
  const rooms = known.get(key) ?? scenario.rooms(size, random, options);
  known.set(key, rooms);
  return rooms;
}
