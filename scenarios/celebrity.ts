import { type Action, arrivals, type Random, type Scenario, type Size, usage, zipf } from '../src/plan/index.js';

interface Options extends Record<string, number> {
  /** Exponent of Zipf's law: with 1 the second of all gets half as many messages as the first; 0: all alike. */
  skew: number;
}

/** The celebrity is user 0. Who writes most is somebody else: the ranks of senders begin in the middle. */
function* actions({ users, ratePerSecond, seconds }: Size, random: Random, _rooms: unknown, { skew }: Options): Iterable<Action> {
  if (users < 2) throw usage(`scenario celebrity needs at least 2 users, not ${users}: nobody writes to oneself; raise --users`);
  if (skew < 0 || skew > 10) throw usage(`scenario celebrity: skew must be from 0 (all alike) to 10, not ${skew}; e.g. --set skew=1.2`);
  const rank = zipf(users, skew);
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const to = rank(random);
    const user = (rank(random) + Math.floor(users / 2)) % users;
    yield { do: 'message', atMs, user: user === to ? (user + 1) % users : user, to };
  }
}

export default {
  name: 'celebrity',
  title: 'Celebrities',
  summary: 'A few users get and write most of the messages, by a power law.',
  question: 'How much hotter than the average is the busiest broker when some users are far more popular than others?',
  answeredBy: ['findings.hottestBroker', 'latencyMs.response.all'],
  options: { skew: 1.2 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 200, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  actions,
} satisfies Scenario<Options>;
