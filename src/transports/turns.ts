import { performance } from 'node:perf_hooks';
import { Gathering, type GatheringSettings } from './gathering.js';

/** Where whoever gathers what leaves together in one turn of the event loop is told of the turn's end. */
export interface Turns {
  /** Calls it once, at the end of this turn. */
  atEnd(flush: () => void): void;
}

/** The turns of a process that is to gather more in each while it is busy. There must be one in a process: it is the process that waits. */
export class GatheringTurns implements Turns {
  readonly #gathering: Gathering;
  readonly #never = new Int32Array(new SharedArrayBuffer(4));
  readonly #over = () => this.#end();
  #flushes: (() => void)[] = [];

  constructor(settings: GatheringSettings) {
    this.#gathering = new Gathering(settings);
  }

  atEnd(flush: () => void): void {
    if (this.#flushes.push(flush) === 1) setImmediate(this.#over);
  }

  /** What the turn has for others leaves before the wait. */
  #end(): void {
    const flushes = this.#flushes;
    this.#flushes = [];
    for (const flush of flushes) flush();
    const waitMs = this.#gathering.waitMs({ nowMs: performance.now(), idleMs: () => performance.eventLoopUtilization().idle });
    if (waitMs > 0) Atomics.wait(this.#never, 0, 0, waitMs);
  }
}

/** Turns that follow each other at once. */
export const plainTurns: Turns = new GatheringTurns({ batchDelayMsMax: 0 });
