import { encodeAddressed, frameTypes } from './frames.js';
import type { Guest } from './role.js';

/** Which guests are registered under a name: at a channel, or for a topic. */
export class Register<Name> {
  readonly #guests = new Map<Name, Set<Guest>>();

  /** Names with somebody under them. */
  get size(): number {
    return this.#guests.size;
  }

  add(name: Name, guest: Guest): void {
    const guests = this.#guests.get(name);
    if (guests === undefined) this.#guests.set(name, new Set([guest]));
    else guests.add(guest);
  }

  remove(name: Name, guest: Guest): void {
    const guests = this.#guests.get(name);
    if (guests?.delete(guest) && guests.size === 0) this.#guests.delete(name);
  }

  /** Takes the guest out everywhere. */
  forget(guest: Guest): void {
    for (const name of this.#guests.keys()) this.remove(name, guest);
  }

  under(name: Name): ReadonlySet<Guest> | undefined {
    return this.#guests.get(name);
  }
}

/** The subscription table of a hub. */
export class Channels {
  readonly #subscribers = new Register<string>();

  get size(): number {
    return this.#subscribers.size;
  }

  subscribe(guest: Guest, channel: string): void {
    this.#subscribers.add(channel, guest);
  }

  unsubscribe(guest: Guest, channel: string): void {
    this.#subscribers.remove(channel, guest);
  }

  forget(guest: Guest): void {
    this.#subscribers.forget(guest);
  }

  /** Encoded once, however many get it. Returns how many. */
  hand(channel: string, body: Buffer): number {
    const subscribers = this.#subscribers.under(channel);
    if (subscribers === undefined) return 0;
    const frame = encodeAddressed(frameTypes.message, 0, channel, body);
    for (const guest of subscribers) guest.hand(frame);
    return subscribers.size;
  }
}
