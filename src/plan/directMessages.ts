import { usage } from '../error.js';
import type { Size } from '../routing/types.js';
import { arrivals, below } from './random.js';
import type { Random, Saying } from './types.js';

/** Random users write to random others. `who`: whose scenario it is, for the error. */
export function* directMessages(who: string, { users, ratePerSecond, seconds }: Size, random: Random): Iterable<Saying> {
  if (users < 2) throw usage(`scenario ${who} needs at least 2 users, not ${users}: nobody writes to oneself; raise --users`);
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const user = below(users, random);
    yield { do: 'message', atMs, user, to: another(user, users, random) };
  }
}

/** Any user but that one. */
export function another(user: number, users: number, random: Random): number {
  const other = below(users - 1, random);
  return other < user ? other : other + 1;
}
