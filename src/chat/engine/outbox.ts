import type { Socket } from 'node:net';
import { Packet } from '../packet.js';
import { type Gathering, turn } from './turn.js';

const nothing = Buffer.alloc(0);

/** What is written to one TCP socket, whoever writes it: in order, and in one piece per turn of the event loop. */
export class Outbox implements Gathering {
  readonly #tcp: Socket;
  #parts: (Buffer | Packet)[] = [];
  #bytes = 0;

  constructor(tcp: Socket) {
    this.#tcp = tcp;
  }

  /** Written, but not yet taken by the kernel. */
  get unsentBytes(): number {
    return this.#bytes + this.#tcp.writableLength;
  }

  add(chunk: Buffer): void {
    this.#add(chunk, chunk.length);
  }

  addFrameOf(packet: Packet): void {
    this.#add(packet, packet.frameLength);
  }

  /** May also be called before the turn is over. */
  flush(): void {
    if (this.#parts.length === 0) return;
    const bytes = Buffer.allocUnsafe(this.#bytes);
    let at = 0;
    for (const part of this.#parts) at = part instanceof Packet ? part.writeFrame(bytes, at) : at + part.copy(bytes, at);
    this.#parts = [];
    this.#bytes = 0;
    if (this.#tcp.writable) this.#tcp.write(bytes);
  }

  /** Calls when the kernel has taken all that was written before, or never will. */
  whenSent(then: () => void): void {
    this.flush();
    if (this.unsentBytes === 0) then();
    else this.#tcp.write(nothing, then);
  }

  #add(part: Buffer | Packet, bytes: number): void {
    if (this.#parts.push(part) === 1) turn.join(this);
    this.#bytes += bytes;
  }
}
