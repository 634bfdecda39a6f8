import type { Reply } from '../../chat/protocol.js';
import { type Answered, isReply, refusal } from '../driver.js';

interface Waiting {
  readonly answered: Answered;
  readonly lateMs: number;
}

/**
 * The requests of one connection that are not answered yet. All wait equally long, so the one asked first is late first,
 * and one timer is enough: it runs while something waits, and costs nothing per request.
 */
export class Answers {
  readonly #timeoutMs: number;
  /** By number, from the first one that is not answered on: answers come nearly in order, and a list costs less than a map. */
  #waiting: (Waiting | undefined)[] = [];
  #first = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Returns the number of the request. */
  expect(answered: Answered): number {
    const id = this.#first + this.#waiting.length;
    this.#waiting.push({ answered, lateMs: performance.now() + this.#timeoutMs });
    if (this.#timer === undefined) this.#watch(this.#timeoutMs);
    return id;
  }

  /** An answer that nobody waits for any more goes nowhere. */
  answer(id: number, reply: unknown): void {
    const waiting = this.#waiting[id - this.#first];
    if (waiting === undefined) return;
    this.#remove(id);
    waiting.answered(isReply(reply) ? reply : refusal('unknown', 'an answer that is none'));
  }

  /** No answer comes any more. */
  giveUp(reason: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#first += waiting.length;
    this.#waiting = [];
    for (const one of waiting) one?.answered(refusal('unknown', reason));
  }

  #remove(id: number): void {
    this.#waiting[id - this.#first] = undefined;
    while (this.#waiting.length > 0 && this.#waiting[0] === undefined) {
      this.#waiting.shift();
      this.#first++;
    }
  }

  #watch(ms: number): void {
    this.#timer = setTimeout(() => this.#expire(), ms);
  }

  /** Whoever asks meanwhile is watched with the rest, at the end. */
  #expire(): void {
    const nowMs = performance.now();
    for (let first = this.#waiting[0]; first !== undefined && first.lateMs <= nowMs; first = this.#waiting[0]) {
      this.#remove(this.#first);
      first.answered(late(this.#timeoutMs));
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#waiting[0];
    if (next !== undefined) this.#watch(Math.ceil(next.lateMs - nowMs));
  }
}

function late(timeoutMs: number): Reply<never> {
  return refusal('unknown', `no answer within ${timeoutMs / 1000} s`);
}
