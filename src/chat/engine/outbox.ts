import type { Socket } from 'node:net';
import type { Turns } from '../../transports/turns.js';
import type { Packet } from '../packet.js';
import { type Piece, Slab } from './slab.js';

const nothing = Buffer.alloc(0);
/** A push and an acknowledgement of common size. */
const pieceBytes = 256;
/** One for the process. */
const slab = new Slab();

/** What is written to one TCP socket, whoever writes it: in order, and in one piece per turn of the event loop. */
export class Outbox {
  readonly #tcp: Socket;
  readonly #turns: Turns;
  readonly #flush = () => this.flush();
  /** What was written in this turn, as bytes: objects kept until its end would be what the garbage collector copies most of. */
  #piece: Piece | undefined;
  #bytes = 0;

  constructor(tcp: Socket, turns: Turns) {
    this.#tcp = tcp;
    this.#turns = turns;
  }

  /** Written, but not yet taken by the kernel. */
  get unsentBytes(): number {
    return this.#bytes + this.#tcp.writableLength;
  }

  add(chunk: Buffer): void {
    const { bytes, from } = this.#roomFor(chunk.length);
    chunk.copy(bytes, from + this.#bytes);
    this.#bytes += chunk.length;
  }

  addFrameOf(packet: Packet): void {
    const { bytes, from } = this.#roomFor(packet.frameLength);
    this.#bytes = packet.writeFrame(bytes, from + this.#bytes) - from;
  }

  /** May also be called before the turn is over. */
  flush(): void {
    if (this.#piece === undefined) return;
    const { bytes, from } = this.#piece;
    const written = bytes.subarray(from, from + this.#bytes);
    this.#piece = undefined;
    this.#bytes = 0;
    if (this.#tcp.writable) this.#tcp.write(written);
  }

  /** Calls when the kernel has taken all that was written before, or never will. */
  whenSent(then: () => void): void {
    this.flush();
    if (this.unsentBytes === 0) then();
    else this.#tcp.write(nothing, then);
  }

  #roomFor(more: number): Piece {
    const piece = this.#piece ?? this.#begin(more);
    const needed = this.#bytes + more;
    if (needed <= piece.length) return piece;
    const larger = slab.piece(Math.max(needed, 2 * piece.length));
    piece.bytes.copy(larger.bytes, larger.from, piece.from, piece.from + this.#bytes);
    this.#piece = larger;
    return larger;
  }

  #begin(bytes: number): Piece {
    this.#turns.atEnd(this.#flush);
    this.#piece = slab.piece(Math.max(bytes, pieceBytes));
    return this.#piece;
  }
}
