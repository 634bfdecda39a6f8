import type { Socket } from 'node:net';

/** What may wait for the other side to read. */
export interface OutputLimits {
  readonly unsentFrames: number;
  readonly unsentBytes: number;
}

const writeBytes = 64 * 1024;

/**
 * The way out of one connection. What is pushed in one turn of the event loop leaves together; while the other side does not read,
 * nothing more is handed to the socket and what waits is bounded.
 */
export class Output {
  readonly #socket: Socket;
  readonly #limits: OutputLimits;
  #frames: Buffer[] = [];
  #bytes = 0;
  #flushing: NodeJS.Immediate | null = null;

  constructor(socket: Socket, limits: OutputLimits) {
    this.#socket = socket;
    this.#limits = limits;
    socket.on('drain', () => this.#flush());
    socket.on('close', () => this.#drop());
  }

  /** False: more waits than may, and the frame was not taken. */
  push(frame: Buffer): boolean {
    const { unsentFrames, unsentBytes } = this.#limits;
    if (this.#frames.length >= unsentFrames || this.#bytes + frame.length + this.#socket.writableLength > unsentBytes) return false;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    this.#flushing ??= setImmediate(() => this.#flush());
    return true;
  }

  /** Hands over what waits and then closes. */
  end(): void {
    for (const frame of this.#frames) this.#socket.write(frame);
    this.#drop();
    this.#socket.destroySoon();
  }

  #flush(): void {
    this.#flushing = null;
    let at = 0;
    while (at < this.#frames.length && this.#socket.writable && !this.#socket.writableNeedDrain) at = this.#write(at);
    this.#frames = at === 0 ? this.#frames : this.#frames.slice(at);
  }

  /** One write of the frames from there on; returns where the next one begins. */
  #write(from: number): number {
    let to = from;
    let bytes = 0;
    for (let frame = this.#frames[to]; frame !== undefined && bytes < writeBytes; frame = this.#frames[to]) {
      bytes += frame.length;
      to++;
    }
    this.#bytes -= bytes;
    this.#socket.write(Buffer.concat(this.#frames.slice(from, to), bytes));
    return to;
  }

  #drop(): void {
    if (this.#flushing !== null) clearImmediate(this.#flushing);
    this.#frames = [];
    this.#bytes = 0;
  }
}
