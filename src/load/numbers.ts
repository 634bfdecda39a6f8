import { PairCounts } from './pairCounts.js';
import type { Said } from './text.js';

/** Numbers the messages from each user to each user and room, from 1. */
export class Numbers {
  readonly #last = { u: new PairCounts(), r: new PairCounts() };

  next(from: number, form: Said['form'], to: number): number {
    return this.#last[form].increment(from, to);
  }
}
