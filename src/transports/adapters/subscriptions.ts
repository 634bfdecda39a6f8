import { unavailable, wordsOf } from '../../error.js';
import type { BrokerId } from '../../routing/types.js';

/**
 * What an adapter asked its client to listen to. The adapters drop these promises, so they alone can tell when a room is heard, and that one never will be.
 */
export class Subscriptions {
  readonly #broker: BrokerId;
  readonly #open = new Map<Promise<unknown>, Promise<void>>();
  #failure: string | undefined;
  #windowMsMax = 0;

  constructor(broker: BrokerId) {
    this.#broker = broker;
  }

  /** Longest time from asking for a room's channel to the broker's confirmation. */
  get windowMsMax(): number {
    return this.#windowMsMax;
  }

  add<T>(asked: Promise<T>, measured: 'room' | 'own'): Promise<T> {
    const beganMs = performance.now();
    const over = asked.then(
      () => {
        this.#open.delete(asked);
        if (measured === 'room') this.#windowMsMax = Math.max(this.#windowMsMax, performance.now() - beganMs);
      },
      (error: unknown) => {
        this.#open.delete(asked);
        this.#failure = wordsOf(error);
      },
    );
    this.#open.set(asked, over);
    return asked;
  }

  /** A channel that is not left costs wasted messages, which are counted, or goes with its connection. */
  leave<T>(asked: Promise<T>): Promise<T> {
    asked.catch(() => {});
    return asked;
  }

  /** Resolves when all that was asked for before is confirmed. */
  async confirmed(): Promise<void> {
    await Promise.all(this.#open.values());
    if (this.#failure === undefined) return;
    throw unavailable(
      `[${this.#broker}] did not confirm a subscription of the adapter, which does not try again (${this.#failure}); start the node anew`,
    );
  }
}
