import type { NodeCounters } from './counters.js';
import type { BrokerId } from './types.js';

/** What a node counts of directories: what it puts to places and gets from them, and what it serves as one. */
export class DirectoryCounts {
  readonly #counters: NodeCounters;

  constructor(counters: NodeCounters) {
    this.#counters = counters;
  }

  put(place: BrokerId, messages = 1): void {
    this.#counters.kinds.directory.published += messages;
    this.#counters.brokers.add(place, 'directory', 'in', messages);
  }

  got(place: BrokerId, isUseful: boolean): void {
    this.#counters.kinds.directory.received++;
    this.#counters.kinds.directory[isUseful ? 'useful' : 'wasted']++;
    this.#counters.brokers.add(place, 'directory', 'out', 1);
  }

  /** As a place: something it was told. */
  tookIn(): void {
    this.#counters.asBroker.directory.in++;
  }

  /** As a place: a notice given out; -1: it did not get there. */
  gaveOut(messages = 1): void {
    this.#counters.asBroker.directory.out += messages;
  }
}
