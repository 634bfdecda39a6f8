import { type Action, arrivals, below, heavyTailedRooms, type Members, type Random, type Scenario, type Size } from '../src/plan/index.js';

function* actions({ ratePerSecond, seconds }: Size, random: Random, made: readonly Members[]): Iterable<Action> {
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const room = below(made.length, random);
    const members = made[room] ?? [];
    yield { do: 'post', atMs, room, user: members[below(members.length, random)] ?? 0 };
  }
}

export default {
  name: 'rooms',
  title: 'Rooms',
  summary: 'Random members post to rooms of very different sizes: many small ones and a few large.',
  question: 'What does a message to many cost?',
  answeredBy: ['amplification', 'latencyMs.response.all', 'findings.spreadMs'],
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 100, seconds: 3, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 200, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  rooms: heavyTailedRooms,
  actions,
} satisfies Scenario;
