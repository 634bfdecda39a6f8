import { FrameWriter } from './frameWriter.js';

export interface Writable {
  /** Lays out all that waits and writes it at once. */
  flush(writer: FrameWriter): void;
}

/** Gathers who has something to write during one callback of the event loop, and lets each write once at its end. */
export class Turn {
  readonly #writer = new FrameWriter();
  #waiting: Writable[] = [];
  readonly #flush = () => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.flush(this.#writer);
  };

  /** At most once for each until it has written. */
  add(one: Writable): void {
    if (this.#waiting.push(one) === 1) queueMicrotask(this.#flush);
  }

  /** Without waiting for the end. */
  now(one: Writable): void {
    one.flush(this.#writer);
  }
}
