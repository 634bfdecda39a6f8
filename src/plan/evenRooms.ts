import type { Size } from '../routing/types.js';
import { arrivals, below } from './random.js';
import type { Action, Members, Random, Scenario } from './types.js';

/** Every user in so many rooms of so many members, drawn at random; random members post. For figures at a size that somebody plans. */
export function evenRooms(members: number, roomsPerUser: number): Scenario {
  const size = { nodes: 1, brokers: 1, users: members, ratePerSecond: 1, seconds: 1, bytes: 64 };
  return {
    name: `rooms-of-${members}`,
    title: `Rooms of ${members}`,
    summary: `Every user is in ${roomsPerUser} rooms of ${members} and posts to one of them.`,
    question: 'What does a message to a room of that size cost?',
    answeredBy: ['amplification'],
    sizes: { smoke: size, full: size },
    limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
    rooms: ({ users }, random) => {
      const count = Math.max(1, Math.round((users * roomsPerUser) / members));
      return Array.from({ length: count }, () => drawn(Math.min(members, users), users, random));
    },
    actions,
  };
}

function drawn(members: number, users: number, random: Random): Members {
  const first = below(users, random);
  const all = new Set([first]);
  while (all.size < members) all.add(below(users, random));
  all.delete(first);
  return [first, ...all];
}

function* actions({ ratePerSecond, seconds }: Size, random: Random, rooms: readonly Members[]): Iterable<Action> {
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const room = below(rooms.length, random);
    const members = rooms[room] ?? [];
    yield { do: 'post', atMs, room, user: members[below(members.length, random)] ?? 0 };
  }
}
