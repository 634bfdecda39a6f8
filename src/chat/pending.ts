/** Counts work under way, so that `settle` can tell when there is none. */
export class Pending {
  #open = 0;
  #begun = 0;
  #waiting: (() => void)[] = [];

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
    this.#begun++;
    this.#open++;
    const done = () => this.#done();
    work.then(done, done);
    return work;
  }

  async idle(): Promise<void> {
    if (this.#open > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #done(): void {
    if (--this.#open > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = ignore;
  let reject: (error: Error) => void = ignore;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function ignore(): void {}
