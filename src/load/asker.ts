import type { StatusChange } from '../chat/protocol.js';
import { userId } from '../plan/placement.js';
import type { Asking } from '../plan/types.js';
import type { Clock } from './clock.js';
import type { People } from './people.js';
import type { PresenceLog } from './presenceLog.js';
import { Unanswered } from './unanswered.js';

/** Asks who is online, and to be told of changes, and keeps what was answered. */
export class Asker {
  readonly #people: People;
  readonly #log: PresenceLog;
  readonly #clock: Clock;
  readonly #unanswered = new Unanswered();

  constructor(people: People, log: PresenceLog, clock: Clock) {
    this.#people = people;
    this.#log = log;
    this.#clock = clock;
  }

  perform(action: Asking, intendedMs: number): void {
    this.#unanswered.begin();
    if (action.do === 'ask') this.#ask(action.user, action.about, intendedMs);
    else if (action.do === 'watch') this.#watch(action.user, action.others, intendedMs);
    else this.#unwatch(action.user, action.others);
  }

  /** Resolves when everything is answered or given up. */
  idle(): Promise<void> {
    return this.#unanswered.none();
  }

  #ask(user: number, about: number, intendedMs: number): void {
    const question = { about, intendedMs, askedAtMs: this.#clock() };
    this.#people.send(user, 'presence', { user: userId(about) }, (reply) => {
      if (reply.ok) this.#log.answered(question, reply.status, this.#clock());
      else this.#log.refused(`ask: ${reply.error}: ${reply.reason}`);
      this.#unanswered.end();
    });
  }

  /** The answer tells the present status of each. */
  #watch(user: number, others: readonly number[], intendedMs: number): void {
    const askedAtMs = this.#clock();
    this.#people.send(user, 'watch', { users: others.map(userId) }, (reply) => {
      if (reply.ok) this.#told(others, reply.statuses, intendedMs, askedAtMs);
      else this.#log.refused(`watch: ${reply.error}: ${reply.reason}`);
      this.#unanswered.end();
    });
  }

  #told(others: readonly number[], told: readonly StatusChange[], intendedMs: number, askedAtMs: number): void {
    const atMs = this.#clock();
    for (const [index, about] of others.entries()) {
      const status = told[index]?.status;
      if (status !== undefined) this.#log.answered({ about, intendedMs, askedAtMs }, status, atMs);
    }
  }

  #unwatch(user: number, others: readonly number[]): void {
    this.#people.send(user, 'unwatch', { users: others.map(userId) }, (reply) => {
      if (!reply.ok) this.#log.refused(`unwatch: ${reply.error}: ${reply.reason}`);
      this.#unanswered.end();
    });
  }
}
