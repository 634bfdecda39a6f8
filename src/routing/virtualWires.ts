/** What carries things between two places of a virtual network. What one place sends another for one use arrives in the order of sending. */
export interface Wires {
  send(from: string, use: Use, to: string, move: () => void): void;
  /** Nothing that this place has sent arrives any more. */
  cut(from: string): void;
}

export type Use = 'listens' | 'publishes' | 'asks' | 'answers' | 'loses';

/** Wires without a clock: which one moves next is the caller's choice, so that any order a real network could take can be taken. */
export class Lanes implements Wires {
  readonly #lanes = new Map<string, (() => void)[]>();

  /** How many lanes have something to move. */
  get busy(): number {
    return this.#lanes.size;
  }

  send(from: string, use: Use, to: string, move: () => void): void {
    const lane = `${from} ${use} ${to}`;
    const waiting = this.#lanes.get(lane);
    if (waiting === undefined) this.#lanes.set(lane, [move]);
    else waiting.push(move);
  }

  cut(from: string): void {
    for (const lane of this.#lanes.keys()) if (lane.startsWith(`${from} `)) this.#lanes.delete(lane);
  }

  /** Moves the first in one of the busy lanes. */
  turn(index: number): void {
    const lane = [...this.#lanes.keys()][index];
    if (lane !== undefined) this.#move(lane);
  }

  /** Moves everything until nothing is under way. */
  drain(): void {
    while (this.#lanes.size > 0) for (const lane of this.#lanes.keys()) this.#move(lane);
  }

  #move(lane: string): void {
    const waiting = this.#lanes.get(lane) ?? [];
    const first = waiting.shift();
    if (waiting.length === 0) this.#lanes.delete(lane);
    first?.();
  }
}
