import { roomId, userId } from '../../plan/placement.js';
import type { Members, RoomForm, Saying } from '../../plan/types.js';
import type { Topic } from '../../routing/types.js';

/** Sockets of one topic at one node. */
export interface Hearers {
  readonly node: number;
  readonly sockets: number;
}

/** A topic of a message, and where it is wanted. */
export interface Audience {
  readonly topic: Topic;
  readonly at: readonly Hearers[];
}

/** One message, as far as its loads depend on it. Nodes are numbers from 0. */
export interface Sending {
  readonly node: number;
  /** Names it for its draws, as a chat node does. */
  readonly draws: string;
  readonly audience: readonly Audience[];
  /** Sockets that it is for. */
  readonly deliveries: number;
}

/** Who the users of a scenario are, and where: a scenario's own numbers may stand for a few of very many. */
export interface Crowd {
  readonly rooms: readonly Members[];
  /** The node that a user's socket is on. */
  node(user: number): number;
  /** The user, and the room, that a number of the scenario stands for. */
  user(user: number): number;
  room(room: number): number;
}

const device = '0';

/** What actions put to nodes: every user numbers what is said, whatever it is. */
export class Sendings {
  readonly #crowd: Crowd;
  readonly #form: RoomForm;
  readonly #said = new Map<number, number>();
  readonly #audienceOfRooms = new Map<number, readonly Audience[]>();

  constructor(crowd: Crowd, form: RoomForm) {
    this.#crowd = crowd;
    this.#form = form;
  }

  of(action: Saying): Sending {
    const user = this.#crowd.user(action.user);
    const audience = action.do === 'message' ? [this.#user(action.to)] : this.#room(action.room);
    return {
      node: this.#crowd.node(user),
      draws: `${userId(user)}.${device}:chat:${this.#number(user)}`,
      audience,
      deliveries: audience.reduce((all, { at }) => at.reduce((sum, { sockets }) => sum + sockets, all), 0),
    };
  }

  #number(user: number): number {
    const number = this.#said.get(user) ?? 0;
    this.#said.set(user, number + 1);
    return number;
  }

  #user(number: number): Audience {
    const user = this.#crowd.user(number);
    return { topic: `u:${userId(user)}`, at: [{ node: this.#crowd.node(user), sockets: 1 }] };
  }

  #room(room: number): readonly Audience[] {
    const known = this.#audienceOfRooms.get(room);
    if (known !== undefined) return known;
    const members = this.#crowd.rooms[room] ?? [];
    const audience = this.#form === 'members' ? members.map((user) => this.#user(user)) : [this.roomTopic(room, members)];
    this.#audienceOfRooms.set(room, audience);
    return audience;
  }

  /** The room's own topic, wanted at every node that has a member. */
  roomTopic(room: number, members: readonly number[]): Audience {
    const sockets = new Map<number, number>();
    for (const member of members) {
      const node = this.#crowd.node(this.#crowd.user(member));
      sockets.set(node, (sockets.get(node) ?? 0) + 1);
    }
    return { topic: `r:${roomId(this.#crowd.room(room))}`, at: Array.from(sockets, ([node, count]) => ({ node, sockets: count })) };
  }
}
