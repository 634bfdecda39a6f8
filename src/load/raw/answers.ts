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
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Returns the number of the request. */
  expect(answered: Answered): number {
    const id = this.#asked++;
    this.#waiting.set(id, { answered, lateMs: performance.now() + this.#timeoutMs });
    if (this.#timer === undefined) this.#watch(this.#timeoutMs);
    return id;
  }

  /** An answer that nobody waits for any more goes nowhere. */
  answer(id: number, reply: unknown): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.answered(isReply(reply) ? reply : refusal('unknown', 'an answer that is none'));
  }

  /** No answer comes any more. */
  giveUp(reason: string): void {
    clearTimeout(this.#timer);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { answered } of waiting) answered(refusal('unknown', reason));
  }

  #watch(ms: number): void {
    this.#timer = setTimeout(() => this.#expire(), ms);
  }

  #expire(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const [id, { answered, lateMs }] of this.#waiting) {
      if (lateMs > nowMs) {
        if (this.#timer === undefined) this.#watch(Math.ceil(lateMs - nowMs));
        return;
      }
      this.#waiting.delete(id);
      answered(late(this.#timeoutMs));
    }
  }
}

function late(timeoutMs: number): Reply<never> {
  return refusal('unknown', `no answer within ${timeoutMs / 1000} s`);
}
