const firstMs = 250;
const longestMs = 4000;

/** How long to wait before the next of several attempts that came to nothing: twice as long each time, up to 4 s. */
export class BackOff {
  #nextMs = firstMs;

  next(): number {
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(this.#nextMs * 2, longestMs);
    return waitMs;
  }

  reset(): void {
    this.#nextMs = firstMs;
  }
}
