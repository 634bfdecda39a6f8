/** Something that happens at a virtual time. */
export interface Arrival {
  readonly atMs: number;
  /** Of two at one time the one that was sent first comes first. */
  readonly number: number;
  /** Who sent it; null: nobody, it happens by itself. */
  readonly from: string | null;
  readonly happen: () => void;
}

/** What is under way, the earliest first: a binary heap (Williams, 1964). */
export class Arrivals {
  #heap: Arrival[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get first(): Arrival | undefined {
    return this.#heap[0];
  }

  /** When the last of those that somebody has sent comes; undefined when there is none. */
  get lastSentMs(): number | undefined {
    const sent = this.#heap.filter(({ from }) => from !== null);
    return sent.reduce<number | undefined>((last, { atMs }) => (last === undefined || atMs > last ? atMs : last), undefined);
  }

  add(arrival: Arrival): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(arrival, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = arrival;
  }

  take(): Arrival | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  /** Drops all that somebody has sent. */
  drop(from: string): void {
    const kept = this.#heap.filter((arrival) => arrival.from !== from);
    this.#heap = [];
    for (const arrival of kept) this.add(arrival);
  }

  /** Puts an arrival into the place that the first one left. */
  #sink(arrival: Arrival): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
      if (left === undefined) break;
      const goesRight = right !== undefined && isBefore(right, left);
      const next = goesRight ? right : left;
      if (!isBefore(next, arrival)) break;
      heap[index] = next;
      index = 2 * index + (goesRight ? 2 : 1);
    }
    heap[index] = arrival;
  }
}

function isBefore(one: Arrival, other: Arrival): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.number < other.number);
}
