import type { SpreadRow } from '../measure/sightings.js';
import type { Said } from './text.js';

interface Arrivals {
  readonly first: number[];
  readonly last: number[];
}

/** When each room message came to the first and to the last of its recipients here. */
export class Spread {
  /** By sender and room, below 2^26 each. */
  readonly #streams = new Map<number, Arrivals>();

  add({ from, to, sequence }: Said, atMs: number): void {
    const key = from * 2 ** 26 + to;
    let arrivals = this.#streams.get(key);
    if (arrivals === undefined) {
      arrivals = { first: [], last: [] };
      this.#streams.set(key, arrivals);
    }
    arrivals.first[sequence - 1] ??= atMs;
    arrivals.last[sequence - 1] = atMs;
  }

  rows(startMs: number): readonly SpreadRow[] {
    const since = (times: readonly number[]) => Array.from(times, (ms) => (ms === undefined ? null : thousandths(ms - startMs)));
    return Array.from(this.#streams, ([key, { first, last }]) => [Math.floor(key / 2 ** 26), key % 2 ** 26, since(first), since(last)]);
  }
}

function thousandths(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
