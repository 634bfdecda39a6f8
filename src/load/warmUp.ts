import type { Reply } from '../chat/protocol.js';
import { roomId, userId } from '../plan/placement.js';
import type { Action } from '../plan/types.js';
import type { People } from './people.js';

/** Plays actions as probes of the same size: they take the path of the load, and are in no figure and no ledger of it. */
export class WarmUp {
  readonly #people: People;
  readonly #text: string;
  readonly #answers: Promise<Reply<object>>[] = [];

  constructor(people: People, bytes: number) {
    this.#people = people;
    this.#text = 'warm-up '.padEnd(bytes, '.');
  }

  perform(action: Action): void {
    this.#answers.push(
      action.do === 'message'
        ? this.#people.request(action.user, 'probe', { to: userId(action.to), text: this.#text })
        : this.#people.request(action.user, 'probe:post', { room: roomId(action.room), text: this.#text }),
    );
  }

  isOwn(text: string): boolean {
    return text === this.#text;
  }

  /** When all are answered or given up: how many were refused, by reason. */
  async refusals(): Promise<Record<string, number>> {
    const reasons = new Map<string, number>();
    for (const reply of await Promise.all(this.#answers.splice(0))) {
      if (reply.ok) continue;
      const reason = `${reply.error}: ${reply.reason}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    return Object.fromEntries(reasons);
  }
}
