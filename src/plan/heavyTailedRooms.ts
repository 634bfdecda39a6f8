import type { Size } from '../routing/types.js';
import { below, shuffled } from './random.js';
import type { Members, Random } from './types.js';

/** Many small rooms and a few large: P(size >= s) = 2/s, as far as there are users. */
const largestRoom = 50;

function sizeOf(users: number, random: Random): number {
  return Math.min(users, largestRoom, Math.floor(2 / (1 - random())));
}

/** Rooms are made until everyone is in one: the first half of each room was in none before, the rest is anybody. */
export function heavyTailedRooms({ users }: Size, random: Random): readonly Members[] {
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
