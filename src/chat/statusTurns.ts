/** Does so many things at once and no more; the others wait for their turn, first come first served. */
export class Turns {
  readonly #atOnceMax: number;
  readonly #waiting: (() => void)[] = [];
  #atOnce = 0;

  constructor(atOnceMax: number) {
    this.#atOnceMax = atOnceMax;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#atOnce < this.#atOnceMax) this.#atOnce++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  /** A turn goes straight to who waits, so that nobody who comes now gets between. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#atOnce--;
    else next();
  }
}
