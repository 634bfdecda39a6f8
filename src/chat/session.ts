import type { Kind, Topic } from '../routing/types.js';
import type { Connection } from './connection.js';
import type { Identity } from './signIn.js';

/**
 * One signed-in socket of a user, and the handle by which the core knows it.
 * What arrives before Socket.IO has told the client that it is connected is held, and written right after that.
 */
export class Session {
  readonly user: string;
  readonly device: string;
  readonly connection: Connection;
  /** Topics this session wants. */
  readonly topics = new Set<Topic>();
  left = false;
  #held: string[] | null = [];
  #heldBytes = 0;
  readonly #said = new Map<Kind, number>();

  constructor({ user, device }: Identity, connection: Connection) {
    this.user = user;
    this.device = device;
    this.connection = connection;
  }

  /** Names the next thing this session says of that kind, equally in every run of the plan. */
  draws(kind: Kind): string {
    const said = this.#said.get(kind) ?? 0;
    this.#said.set(kind, said + 1);
    return `${this.user}.${this.device}:${kind}:${said}`;
  }

  /** Takes a complete Socket.IO packet. */
  write(packet: string): void {
    if (this.#held === null) {
      this.connection.write(packet);
      return;
    }
    this.#held.push(packet);
    this.#heldBytes += Buffer.byteLength(packet);
    if (this.#heldBytes > this.connection.unsentBytesMax) this.connection.cut();
  }

  /** Socket.IO has written its CONNECT packet: now the rest may follow. */
  established(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const packet of held) this.connection.write(packet);
  }
}
