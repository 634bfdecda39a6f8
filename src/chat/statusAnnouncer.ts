import type { Outcome } from './outcomes.js';
import { encodeBody } from './presenceBodies.js';
import type { Session } from './session.js';
import { type Soon, whenThere } from './soon.js';
import { BackOff } from './statusBackOff.js';
import type { Saying } from './switchboard.js';

/** What announcing needs of its node. */
export interface AnnouncingNode {
  readonly node: string;
  nextId(): string;
  say(id: string, saying: Saying): Soon<Outcome>;
}

/**
 * Says `up` on `s:<user>` when the first session of a user is online here, and `down` when the last has left. A notice that the brokers did not
 * take is said again as what then holds, after a back-off: until one is taken, watchers on other nodes go by what they knew before.
 */
export class StatusAnnouncer {
  readonly #node: AnnouncingNode;
  readonly #here = new Map<string, Set<Session>>();
  /** Users whose last notice was not taken. */
  readonly #untaken = new Set<string>();
  readonly #backOff = new BackOff();
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  #said = 0;

  constructor(node: AnnouncingNode) {
    this.#node = node;
  }

  online(session: Session): void {
    const sessions = this.#here.get(session.user);
    if (sessions !== undefined) {
      sessions.add(session);
      return;
    }
    this.#here.set(session.user, new Set([session]));
    this.#announce(session.user);
  }

  /** Also for a session that never was online. */
  left(session: Session): void {
    const sessions = this.#here.get(session.user);
    if (!sessions?.delete(session) || sessions.size > 0) return;
    this.#here.delete(session.user);
    this.#announce(session.user);
  }

  /** Nothing is said again any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  #announce(user: string): void {
    const { node } = this.#node;
    this.#untaken.delete(user);
    const body = encodeBody({ up: this.#here.has(user) });
    const draws = `${node}:status:${++this.#said}`;
    const saying: Saying = { by: 'node', kind: 'presence', topics: [`s:${user}`], body, draws };
    // `say` never rejects.
    void whenThere(this.#node.say(this.#node.nextId(), saying), ({ status }) => (status === 'taken' ? this.#taken() : this.#again(user)));
  }

  #taken(): void {
    if (this.#untaken.size === 0) this.#backOff.reset();
  }

  #again(user: string): void {
    this.#untaken.add(user);
    if (this.#stopped) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      for (const untaken of [...this.#untaken]) this.#announce(untaken);
    }, this.#backOff.next());
  }
}
