import {
  type Action,
  arrivals,
  below,
  crowdOf,
  heavyTailedRooms,
  type Members,
  type Random,
  type Scenario,
  type Size,
  usage,
  weighted,
} from '../src/plan/index.js';

/** Weights: how often each is done. */
interface Options extends Record<string, number> {
  message: number;
  post: number;
  ask: number;
  watch: number;
  /** Somebody who is online goes, or comes back. */
  come: number;
  http: number;
}

interface World {
  readonly random: Random;
  /** The members of each room who stay. */
  readonly writers: readonly (readonly number[])[];
  readonly stayers: readonly number[];
  readonly goers: readonly number[];
  /** Who of the goers is away. */
  readonly away: Set<number>;
}

const deeds = ['message', 'post', 'ask', 'watch', 'come', 'http'] as const;

function* actions(size: Size, random: Random, rooms: readonly Members[], options: Options): Iterable<Action> {
  const weights = deeds.map((deed) => options[deed]);
  if (!(Math.min(...weights) >= 0 && Math.max(...weights) > 0))
    throw usage(`scenario mixed: ${deeds.join(', ')} are weights from 0 on, and one is above 0; e.g. --set message=50`);
  const draw = weighted(weights);
  const crowd = crowdOf(size, 'mixed');
  const stay = new Set(crowd.stayers);
  const world: World = { random, writers: rooms.map((members) => members.filter((user) => stay.has(user))), away: new Set(), ...crowd };
  for (const atMs of arrivals(Math.round(size.ratePerSecond * size.seconds), size.seconds * 1000, random))
    yield doing[deeds[draw(random)] ?? 'message'](atMs, world);
}

/** Those who stay do everything but come and go, to each other: to whom messages are due is then never in doubt. */
const doing: Readonly<Record<(typeof deeds)[number], (atMs: number, world: World) => Action>> = {
  message: (atMs, world) => ({ do: 'message', atMs, ...pair(world) }),
  post: (atMs, world) => post(atMs, world),
  ask: (atMs, world) => ({ do: 'ask', atMs, user: pair(world).user, about: anybody(world) }),
  watch: (atMs, world) => ({ do: 'watch', atMs, user: pair(world).user, others: [one(world.goers, world.random)] }),
  come: (atMs, world) => come(atMs, world),
  http: (atMs, world) => ({ do: 'http:message', atMs, ...pair(world) }),
};

function pair({ stayers, random }: World): { readonly user: number; readonly to: number } {
  const place = below(stayers.length, random);
  const other = (place + 1 + below(stayers.length - 1, random)) % stayers.length;
  return { user: stayers[place] ?? 0, to: stayers[other] ?? 0 };
}

function anybody({ stayers, goers, random }: World): number {
  return one(random() < 0.5 ? stayers : goers, random);
}

function one(users: readonly number[], random: Random): number {
  return users[below(users.length, random)] ?? 0;
}

/** By a member who stays; where a room has none, somebody writes to somebody instead. */
function post(atMs: number, world: World): Action {
  const room = below(world.writers.length, world.random);
  const members = world.writers[room] ?? [];
  if (members.length === 0) return { do: 'message', atMs, ...pair(world) };
  return { do: 'post', atMs, room, user: one(members, world.random) };
}

function come(atMs: number, { goers, away, random }: World): Action {
  const user = one(goers, random);
  const comes = away.delete(user);
  if (!comes) away.add(user);
  return { do: comes ? 'connect' : 'disconnect', atMs, user, device: 0 };
}

export default {
  name: 'mixed',
  title: 'A realistic blend',
  summary: 'People write to each other, post to rooms, ask and watch who is online, come and go, some of it over HTTP.',
  question: 'Does everything hold when all of it happens at once?',
  answeredBy: ['counts', 'latencyMs.response.all', 'findings.presence.wrong', 'findings.spreadMs'],
  does: ['connect', 'disconnect', 'ask', 'watch', 'http:message'],
  options: { message: 60, post: 15, ask: 10, watch: 5, come: 5, http: 5 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 150, seconds: 3, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 500, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, failedConnects: 0, wrongAnswers: 0, uncertainShare: 0.25 },
  rooms: heavyTailedRooms,
  actions,
} satisfies Scenario<Options>;
