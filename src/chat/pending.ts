/** Work that was begun between two fences. */
interface Era {
  open: number;
  readonly over: Deferred<void>;
}

/** Counts work under way, so that `settle` can tell when there is none. */
export class Pending {
  #open = 0;
  #begun = 0;
  #waiting: (() => void)[] = [];
  #era: Era = newEra();
  /** All that was begun before the present era is over when this resolves. */
  #past: Promise<unknown> = Promise.resolve();

  /** Grows with everything that happens: equal before and after means that nothing did. */
  get begun(): number {
    return this.#begun;
  }

  /** Something happened that is already over. */
  note(): void {
    this.#begun++;
  }

  /** Returns the promise itself; whoever called keeps the duty to handle its rejection. */
  track<T>(work: Promise<T>): Promise<T> {
    const era = this.#era;
    this.#begun++;
    this.#open++;
    era.open++;
    const done = () => this.#done(era);
    work.then(done, done);
    return work;
  }

  async idle(): Promise<void> {
    if (this.#open > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when all that is under way now is over, whatever begins meanwhile. */
  async before(): Promise<void> {
    const era = this.#era;
    this.#era = newEra();
    if (era.open === 0) era.over.resolve();
    this.#past = Promise.all([this.#past, era.over.promise]);
    await this.#past;
  }

  #done(era: Era): void {
    if (--era.open === 0 && era !== this.#era) era.over.resolve();
    if (--this.#open > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function newEra(): Era {
  return { open: 0, over: deferred() };
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T | Promise<T>): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T | Promise<T>) => void = ignore;
  let reject: (error: Error) => void = ignore;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function ignore(): void {}
