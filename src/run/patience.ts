import { unavailable, wordsOf } from '../error.js';
import { within } from '../transports/within.js';
import { unlessAborted } from './watch.js';

/** Somebody who is asked: a node, a broker, a worker. */
interface Named {
  readonly id: string;
}

/** For whoever let the run wait before, and for all of them after a death: the run must end soon, whoever else hangs. */
const shortMs = 1_500;

/**
 * How long a run waits for each of its processes, and what it did not learn from them. Every wait ends with the run:
 * a timer that outlived it would keep the process alive.
 */
export class Patience {
  /** Why a figure is not known, by its place in the result. */
  readonly unknowns = new Map<string, string>();
  readonly #signal: AbortSignal;
  readonly #silent = new Set<string>();
  #short = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** From now on nobody is waited for long. */
  shorten(): void {
    this.#short = true;
  }

  /** Everyone's answer, or an error that names who gave none in time. */
  all<Who extends Named, Answer>(
    what: string,
    ms: number,
    everyone: readonly Who[],
    ask: (who: Who, index: number) => Promise<Answer>,
  ): Promise<Answer[]> {
    const waiting = new Set(everyone.map(({ id }) => id));
    const answers = everyone.map(async (who, index) => {
      const answer = await ask(who, index);
      waiting.delete(who.id);
      return answer;
    });
    return this.one(ms, Promise.all(answers), () => {
      for (const id of waiting) this.#silent.add(id);
      const names = [...waiting].map((id) => `[${id}]`).join(', ');
      return `${names} did not ${what} within ${ms / 1000} s; was it stopped, or is the machine overloaded?`;
    });
  }

  /** The work, or an error in these words when it takes longer. */
  one<T>(ms: number, work: Promise<T>, words: () => string): Promise<T> {
    return within(ms, unlessAborted(this.#signal, work), () => unavailable(words()));
  }

  /** What it says, or null when it is dead, fails, or does not answer in time: `unknowns` then says why that figure is not known. */
  async known<T>(figure: string, { id }: Named, ms: number, answer: Promise<T>): Promise<T | null> {
    try {
      const [value] = await this.all('answer', this.#msFor(id, ms), [{ id }], () => answer);
      return value ?? null;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!this.unknowns.has(figure)) this.unknowns.set(figure, wordsOf(error));
      return null;
    }
  }

  #msFor(id: string, ms: number): number {
    return this.#short || this.#silent.has(id) ? Math.min(ms, shortMs) : ms;
  }
}
