import { setImmediate as turn } from 'node:timers/promises';

/** So long a simulation may keep the event loop: Ctrl-C and what is shown wait no longer. */
const keepMs = 50;
/** The clock is read once in so many steps. */
const stepsPerLook = 32;

/** Lets a long computation be interrupted. */
export class Breather {
  readonly #signal: AbortSignal;
  #sinceMs = performance.now();
  #steps = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** To be asked after every step; if it is time, `take` a breath. */
  get due(): boolean {
    return ++this.#steps % stepsPerLook === 0 && performance.now() - this.#sinceMs > keepMs;
  }

  /** Rejects when the run is to end. */
  async take(): Promise<void> {
    await turn();
    this.#signal.throwIfAborted();
    this.#sinceMs = performance.now();
  }
}
