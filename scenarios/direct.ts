import { usage } from '../src/error.js';
import { arrivals, below } from '../src/plan/random.js';
import type { Action, Random, Scenario } from '../src/plan/types.js';
import type { Size } from '../src/routing/types.js';

function* actions({ users, ratePerSecond, seconds }: Size, random: Random): Iterable<Action> {
  if (users < 2) throw usage(`scenario direct needs at least 2 users, not ${users}: nobody writes to oneself; raise --users`);
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const user = below(users, random);
    const other = below(users - 1, random);
    yield { do: 'message', atMs, user, to: other < user ? other : other + 1 };
  }
}

const direct: Scenario = {
  name: 'direct',
  title: 'Direct messages',
  summary: 'Random users write to random other users: what does one message to one person cost?',
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 200, seconds: 3, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  actions,
};

export default direct;
