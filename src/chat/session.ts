import type { Kind, Topic } from '../routing/types.js';
import type { Connection } from './connection.js';
import type { Listener } from './listener.js';
import type { Packet } from './packet.js';
import type { Identity } from './signIn.js';
import type { Soon } from './soon.js';

/** What a socket is to Socket.IO's rooms. */
export interface SocketRooms {
  join(room: string): unknown;
  leave(room: string): unknown;
}

/** One signed-in socket of a user, and the handle by which the core knows it. */
export class Session implements Listener {
  readonly user: string;
  readonly device: string;
  readonly connection: Connection;
  readonly topics = new Set<Topic>();
  left = false;
  readonly #rooms: SocketRooms;
  readonly #draws = new Map<Kind, number>();
  /** Fulfilled or rejected when the last of those that wait has its turn behind it; undefined when none waits. */
  #lastTurn: Promise<unknown> | undefined;

  constructor({ user, device }: Identity, connection: Connection, rooms: SocketRooms) {
    this.user = user;
    this.device = device;
    this.connection = connection;
    this.#rooms = rooms;
  }

  /** No adapter here makes joining wait: all keep their rooms in this process. */
  follow(topic: Topic, wanted: boolean): void {
    if (wanted) this.#rooms.join(topic);
    else this.#rooms.leave(topic);
  }

  /** Whether the client was told that it is connected. */
  get online(): boolean {
    return this.connection.established;
  }

  /** Names the next thing this session says of that kind, equally in every run of the plan. */
  draws(kind: Kind): string {
    const drawn = this.#draws.get(kind) ?? 0;
    this.#draws.set(kind, drawn + 1);
    return `${this.user}.${this.device}:${kind}:${drawn}`;
  }

  write(packet: Packet, kind: Kind): void {
    this.connection.write(packet, kind);
  }

  /**
   * Calls `say` once `needed` is there and all that this session said before has been said: at once when nothing is waited for.
   * What comes of saying is not waited for. Rejects, and says nothing, when `needed` does; throws what `say` throws at once.
   */
  inOrder<Needed, Said>(needed: Soon<Needed>, say: (needed: Needed) => Soon<Said>): Soon<Said> {
    if (this.#lastTurn === undefined && !(needed instanceof Promise)) return say(needed);
    const turn = Promise.allSettled([needed, this.#lastTurn]).then(([settled]) => {
      if (this.#lastTurn === turn) this.#lastTurn = undefined;
      if (settled.status === 'rejected') throw settled.reason;
      return { said: say(settled.value) };
    });
    this.#lastTurn = turn;
    return turn.then(({ said }) => said);
  }
}
