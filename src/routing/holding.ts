import type { Topic } from './types.js';

/** Something that waits with others for its topics. */
export interface Waiting {
  readonly topics: readonly Topic[];
}

/** What waits, in the order in which it came. Invariant: nothing goes while an older one waits for one of its topics. */
export class Holding<Item extends Waiting> {
  readonly #lines = new Map<Topic, Set<Item>>();

  /** Whether something waits for one of the topics. */
  concerns(topics: readonly Topic[]): boolean {
    return this.#lines.size > 0 && topics.some((topic) => this.#lines.has(topic));
  }

  add(item: Item): void {
    for (const topic of item.topics) {
      const line = this.#lines.get(topic) ?? new Set<Item>();
      this.#lines.set(topic, line.add(item));
    }
  }

  /** Takes out, in order, all that may go: those given and whatever waited only for them, as far as they are ready. */
  *take(items: Iterable<Item>, isReady: (item: Item) => boolean): Iterable<Item> {
    const left = [...items];
    for (const item of left) {
      if (!isReady(item) || !this.#isFirst(item)) continue;
      this.#remove(item);
      yield item;
      for (const topic of item.topics) left.push(...firstOf(this.#lines.get(topic)));
    }
  }

  /** False also for what does not wait any more. */
  #isFirst(item: Item): boolean {
    return item.topics.every((topic) => firstOf(this.#lines.get(topic))[0] === item);
  }

  #remove(item: Item): void {
    for (const topic of item.topics) {
      const line = this.#lines.get(topic);
      line?.delete(item);
      if (line?.size === 0) this.#lines.delete(topic);
    }
  }
}

function firstOf<Item>(line: ReadonlySet<Item> = new Set()): readonly Item[] {
  for (const item of line) return [item];
  return [];
}
