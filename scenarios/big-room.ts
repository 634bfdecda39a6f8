import { type Action, arrivals, below, type Random, type Scenario, type Size } from '../src/plan/index.js';

function* actions({ users, ratePerSecond, seconds }: Size, random: Random): Iterable<Action> {
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    yield { do: 'post', atMs, room: 0, user: below(users, random) };
  }
}

export default {
  name: 'big-room',
  title: 'One big room',
  summary: 'Everyone is in one room, and random members post to it.',
  question: 'How much later than the first member does the last one get a message?',
  answeredBy: ['findings.spreadMs', 'latencyMs.response.all'],
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 20, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 20, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  rooms: ({ users }: Size) => [[0, ...Array.from({ length: users - 1 }, (_, other) => other + 1)]] as const,
  actions,
} satisfies Scenario;
