import type { BrokerId } from '../../routing/types.js';

export interface QueueLimits {
  readonly queuedMessages: number;
  readonly queuedBytes: number;
}

/** What one node has sent to one place and has no answer to yet, bounded. */
export class Queue {
  readonly #id: BrokerId;
  readonly #limits: QueueLimits;
  #messages = 0;
  #bytes = 0;

  constructor(id: BrokerId, limits: QueueLimits) {
    this.#id = id;
    this.#limits = limits;
  }

  /** Undefined: there was room, and it is taken now. Otherwise why there is none. */
  enter(bytes: number): string | undefined {
    const { queuedMessages, queuedBytes } = this.#limits;
    if (this.#messages >= queuedMessages || this.#bytes + bytes > queuedBytes) {
      const waiting = `${this.#messages} messages (${this.#bytes} bytes) wait for its answer`;
      return `[${this.#id}] is too slow: ${waiting}; the limits are ${queuedMessages} and ${queuedBytes}`;
    }
    this.#messages++;
    this.#bytes += bytes;
    return undefined;
  }

  leave(bytes: number): void {
    this.#messages--;
    this.#bytes -= bytes;
  }
}
