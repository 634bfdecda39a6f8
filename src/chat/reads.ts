/**
 * Reads under way, one per key. A read whose key changes while it runs is repeated,
 * so nobody gets a value older than the last change this node has seen.
 */
export class Reads<V> {
  readonly #running = new Map<string, Promise<V>>();
  /** Keys that changed since their running read began. */
  readonly #stale = new Set<string>();

  /** `keep` gets the value before anything else can happen to the key. */
  read(key: string, load: () => Promise<V>, keep: (value: V) => void = () => {}): Promise<V> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const value = this.#fresh(key, load, keep).finally(() => this.#running.delete(key));
    this.#running.set(key, value);
    return value;
  }

  changed(key: string): void {
    if (this.#running.has(key)) this.#stale.add(key);
  }

  changedAll(): void {
    for (const key of this.#running.keys()) this.#stale.add(key);
  }

  async #fresh(key: string, load: () => Promise<V>, keep: (value: V) => void): Promise<V> {
    for (;;) {
      this.#stale.delete(key);
      const value = await load();
      if (this.#stale.has(key)) continue;
      keep(value);
      return value;
    }
  }
}
