import { type Deferred, deferred } from './pending.js';

/** Things that are waited for, each by its key. */
export class Awaited<Key, Value> {
  readonly #open = new Map<Key, Deferred<Value>>();

  has(key: Key): boolean {
    return this.#open.has(key);
  }

  /** The promise that `settle` resolves; the same one for all who wait for the key. */
  of(key: Key): Promise<Value> {
    const known = this.#open.get(key) ?? deferred<Value>();
    this.#open.set(key, known);
    return known.promise;
  }

  /** Whoever asks after this waits anew. */
  settle(key: Key, value: Value | Promise<Value>): void {
    const waiting = this.#open.get(key);
    this.#open.delete(key);
    waiting?.resolve(value);
  }
}
