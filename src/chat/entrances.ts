import type { Topic } from '../routing/types.js';
import { type Deferred, deferred } from './pending.js';
import { rejected } from './refused.js';
import type { Session } from './session.js';

/** Who signs in and waits until its topics are heard: refused with the reason as soon as one of them cannot be. */
export class Entrances {
  readonly #waiting = new Map<Session, Deferred<never>>();
  readonly #shared: Topic;

  /** `shared`: the topic that nobody can be online without. */
  constructor(shared: Topic) {
    this.#shared = shared;
  }

  async pass(session: Session, heard: Promise<unknown>): Promise<void> {
    const refusal = deferred<never>();
    this.#waiting.set(session, refusal);
    try {
      await Promise.race([heard, refusal.promise]);
    } finally {
      this.#waiting.delete(session);
    }
  }

  /** These topics are not heard, and nothing tries again while their broker is there. */
  unheard(topics: ReadonlySet<Topic>, cause: unknown): void {
    for (const [session, refusal] of this.#waiting) {
      if (topics.has(this.#shared) || [...session.topics].some((topic) => topics.has(topic)))
        refusal.reject(rejected('subscription not confirmed', cause));
    }
  }
}
