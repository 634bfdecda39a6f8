import { arrivals, below } from '../src/plan/random.js';
import type { Action, Members, Random, Scenario } from '../src/plan/types.js';
import type { Size } from '../src/routing/types.js';

/** Many small rooms and a few large: P(size >= s) = 2/s, as far as there are users. */
const largestRoom = 50;

function sizeOf(users: number, random: Random): number {
  return Math.min(users, largestRoom, Math.floor(2 / (1 - random())));
}

/** Rooms are made until everyone is in one: the first half of each room was in none before, the rest is anybody. */
function rooms({ users }: Size, random: Random): readonly Members[] {
  const homeless = shuffled(users, random);
  const made: Members[] = [];
  for (let first = homeless.pop(); first !== undefined; first = homeless.pop()) {
    const size = sizeOf(users, random);
    const members = new Set([first]);
    while (members.size < size / 2) {
      const next = homeless.pop();
      if (next === undefined) break;
      members.add(next);
    }
    while (members.size < size) members.add(below(users, random));
    members.delete(first);
    made.push([first, ...members]);
  }
  return made;
}

/** Fisher-Yates, from the inside out. */
function shuffled(count: number, random: Random): number[] {
  const order: number[] = [];
  for (let item = 0; item < count; item++) {
    const place = below(item + 1, random);
    order.push(order[place] ?? item);
    order[place] = item;
  }
  return order;
}

function* actions({ ratePerSecond, seconds }: Size, random: Random, made: readonly Members[]): Iterable<Action> {
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const room = below(made.length, random);
    const members = made[room] ?? [];
    yield { do: 'post', atMs, room, user: members[below(members.length, random)] ?? 0 };
  }
}

const scenario: Scenario = {
  name: 'rooms',
  title: 'Rooms',
  summary: 'Random members post to rooms of very different sizes: what does a message to many cost?',
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 100, seconds: 3, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 200, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  rooms,
  actions,
};

export default scenario;
