import type { Sockets } from './messages.js';
import type { Address } from './types.js';

/** Where a topic is heard by one view. */
export interface Heard {
  readonly version: number;
  readonly addresses: readonly Address[];
}

const nowhere: readonly Address[] = [];

/** A topic that sockets of a node want: they, and where it is heard, by each view that is listened to; hardly ever more than one. */
export class Wanted<Socket> implements Sockets<Socket> {
  heard: readonly Heard[];
  readonly #first: Socket;
  /** All, once there was a second one: a million users with one socket each do without a million sets. */
  #all: Set<Socket> | undefined;

  constructor(first: Socket, heard: readonly Heard[]) {
    this.heard = heard;
    this.#first = first;
  }

  get size(): number {
    return this.#all?.size ?? 1;
  }

  forEach(call: (socket: Socket) => void): void {
    if (this.#all === undefined) call(this.#first);
    else for (const socket of this.#all) call(socket);
  }

  [Symbol.iterator](): Iterator<Socket> {
    return (this.#all ?? [this.#first])[Symbol.iterator]();
  }

  addresses(version: number): readonly Address[] {
    for (const one of this.heard) if (one.version === version) return one.addresses;
    return nowhere;
  }

  add(socket: Socket): void {
    if (this.#all === undefined && socket === this.#first) return;
    this.#all ??= new Set<Socket>().add(this.#first);
    this.#all.add(socket);
  }

  /** Returns whether it was the last one. */
  remove(socket: Socket): boolean {
    if (this.#all === undefined) return socket === this.#first;
    return this.#all.delete(socket) && this.#all.size === 0;
  }
}
