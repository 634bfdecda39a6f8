import { roomId, userId } from './placement.js';
import type { Members } from './types.js';

/** Who a message for a target is for. A user is known by the form of the id, so that a million users are no million lists. */
export class Targets {
  readonly #users: number;
  readonly #rooms: ReadonlyMap<string, readonly string[]>;

  constructor(users: number, rooms: readonly Members[]) {
    this.#users = users;
    this.#rooms = new Map(rooms.map((members, room) => [`r:${roomId(room)}`, members.map(userId)]));
  }

  /** Ids of users: of a user (`u:u7`) its own, of a room (`r:r3`) its members', nobody's where there is no such target. */
  members(target: string): readonly string[] {
    if (!target.startsWith('u:')) return this.#rooms.get(target) ?? [];
    const id = target.slice(2);
    const user = Number(id.slice(1));
    const isThere = Number.isInteger(user) && user >= 0 && user < this.#users && userId(user) === id;
    return isThere ? [id] : [];
  }
}
