import { usage } from '../error.js';
import type { Size } from '../routing/types.js';

/** Two halves of the users, alike on every node: the ones stay, speak and ask; the others come and go. */
export interface Crowd {
  readonly stayers: readonly number[];
  readonly goers: readonly number[];
}

/** Users are dealt out over the nodes one by one: so every other round of them goes. `who`: whose scenario it is, for the error. */
export function crowdOf({ users, nodes }: Size, who: string): Crowd {
  const everyone = Array.from({ length: users }, (_, user) => user);
  const goes = (user: number) => Math.floor(user / nodes) % 2 === 1;
  const [stayers, goers] = [everyone.filter((user) => !goes(user)), everyone.filter(goes)];
  if (stayers.length < 2 || goers.length < 1)
    throw usage(
      `scenario ${who} needs users that stay and others that come and go: at least ${Math.max(3, nodes + 1)} with ${nodes} nodes; raise --users`,
    );
  return { stayers, goers };
}
