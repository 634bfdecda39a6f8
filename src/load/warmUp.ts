import type { Reply } from '../chat/protocol.js';
import { roomId, userId } from '../plan/placement.js';
import type { Saying } from '../plan/types.js';
import type { People } from './people.js';

/** Plays actions as probes of the same size: they take the path of the load, and are in no figure and no ledger of it. */
export class WarmUp {
  readonly #people: People;
  readonly #text: string;
  readonly #unanswered = new Set<Promise<void>>();
  readonly #refusals = new Map<string, number>();

  constructor(people: People, bytes: number) {
    this.#people = people;
    this.#text = 'warm-up '.padEnd(bytes, '.');
  }

  perform(action: Saying): void {
    const answered = this.#probe(action).then((reply) => {
      this.#unanswered.delete(answered);
      if (!reply.ok) this.#refused(`${reply.error}: ${reply.reason}`);
    });
    this.#unanswered.add(answered);
  }

  isOwn(text: string): boolean {
    return text === this.#text;
  }

  /** When all are answered or given up: how many were refused, by reason. */
  async refusals(): Promise<Record<string, number>> {
    await Promise.all(this.#unanswered);
    return Object.fromEntries(this.#refusals);
  }

  #probe(action: Saying): Promise<Reply<object>> {
    return action.do === 'message'
      ? this.#people.request(action.user, 'probe', { to: userId(action.to), text: this.#text })
      : this.#people.request(action.user, 'probe:post', { room: roomId(action.room), text: this.#text });
  }

  #refused(reason: string): void {
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }
}
