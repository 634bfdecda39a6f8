/** What is shown changes so often at most. */
const everyMs = 1_000;
/** The clock is read once in so many steps. */
const stepsPerLook = 64;

/** Says now and then, in the midst of a long computation, that it is time to show how far it is. */
export class Pace {
  #shownMs = performance.now();
  #steps = 0;

  /** To be asked after every step. */
  get due(): boolean {
    if (++this.#steps % stepsPerLook !== 0) return false;
    const nowMs = performance.now();
    if (nowMs - this.#shownMs < everyMs) return false;
    this.#shownMs = nowMs;
    return true;
  }
}
