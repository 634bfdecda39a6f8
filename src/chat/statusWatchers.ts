import type { Kind, Topic } from '../routing/types.js';
import { encodeStatus } from './bodies.js';
import type { Listener } from './listener.js';
import { type Deferred, deferred } from './pending.js';
import { parseNotice } from './presenceBodies.js';
import type { Status, StatusChange } from './protocol.js';
import { rejected } from './refused.js';
import type { Session } from './session.js';
import { type StatusEffect, type StatusInput, WatchedStatus } from './status.js';

/** Longest wait for changes to be heard before the first question is asked all the same. */
const heardWithinMs = 1000;

/** What watching needs of its node. */
export interface WatchingNode {
  readonly node: string;
  /** Most users that one session may watch. */
  readonly watchedMax: number;
  ask(user: string, draws: string): Promise<Status>;
  /** Whether the topic is heard, `heard` says. */
  want(topic: Topic, listener: Listener): void;
  unwant(topic: Topic, listener: Listener): void;
  /** A notice goes to no socket. */
  unwritten(kind: Kind): void;
}

/** One user that sessions of this node watch. */
interface Watched extends Listener {
  readonly user: string;
  readonly status: WatchedStatus;
  /** The watching sessions, with what each was told last; undefined: its request is not answered yet. */
  readonly sessions: Map<Session, Status | undefined>;
  /** Fulfilled when there is something to tell, or nobody watches any more. */
  readonly known: Deferred<void>;
  wait: NodeJS.Timeout | undefined;
  asked: number;
}

/**
 * Which session watches whom. While one does, the node listens to `s:<user>`; what it makes of the notices is `WatchedStatus`'s.
 * Changes are pushed at the end of a turn of the event loop: always after the answer to `watch` that they follow, and none that was over at once.
 */
export class StatusWatchers {
  readonly #node: WatchingNode;
  readonly #watched = new Map<string, Watched>();
  readonly #bySession = new Map<Session, Set<string>>();
  #changed = new Set<Watched>();

  constructor(node: WatchingNode) {
    this.#node = node;
  }

  /** The present status of each, after the first question about it was answered or given up. Rejects with a Refused. */
  async watch(session: Session, users: readonly string[]): Promise<readonly StatusChange[]> {
    const mine = new Set([...(this.#bySession.get(session) ?? []), ...users]);
    if (mine.size > this.#node.watchedMax) throw rejected('too many watched');
    this.#bySession.set(session, mine);
    const all = users.map((user) => this.#join(session, user));
    await Promise.all(all.map(({ known }) => known.promise));
    return all.map((watched) => present(watched, session));
  }

  unwatch(session: Session, users: readonly string[]): void {
    const mine = this.#bySession.get(session);
    for (const user of users) if (mine?.delete(user)) this.#leave(session, user);
  }

  /** The session has left. */
  forget(session: Session): void {
    this.unwatch(session, [...(this.#bySession.get(session) ?? [])]);
    this.#bySession.delete(session);
  }

  /** What is said for the topic is heard from now on, for the first time or again. */
  heard(topic: Topic): void {
    const watched = topic.startsWith('s:') ? this.#watched.get(topic.slice(2)) : undefined;
    if (watched !== undefined) this.#step(watched, { type: 'doubt' });
  }

  /** A node left the view, and said `down` for nobody. */
  nodeLeft(): void {
    for (const watched of this.#watched.values()) this.#step(watched, { type: 'doubt' });
  }

  #join(session: Session, user: string): Watched {
    const watched = this.#watched.get(user) ?? this.#begin(user);
    if (!watched.sessions.has(session)) watched.sessions.set(session, undefined);
    return watched;
  }

  #begin(user: string): Watched {
    const watched: Watched = {
      user,
      status: new WatchedStatus(),
      sessions: new Map(),
      known: deferred(),
      wait: undefined,
      asked: 0,
      topics: new Set(),
      write: ({ text }, kind) => this.#noticed(watched, text, kind),
    };
    this.#watched.set(user, watched);
    this.#wait(watched, heardWithinMs);
    this.#node.want(`s:${user}`, watched);
    return watched;
  }

  #leave(session: Session, user: string): void {
    const watched = this.#watched.get(user);
    if (!watched?.sessions.delete(session) || watched.sessions.size > 0) return;
    this.#watched.delete(user);
    clearTimeout(watched.wait);
    watched.known.resolve();
    this.#node.unwant(`s:${user}`, watched);
  }

  #noticed(watched: Watched, body: string, kind: Kind): void {
    this.#node.unwritten(kind);
    const notice = parseNotice(body);
    if (notice !== undefined) this.#step(watched, { type: notice.up ? 'up' : 'doubt' });
  }

  /** Nobody may watch the user any more by the time an answer or a notice comes. */
  #step(watched: Watched, input: StatusInput): void {
    if (this.#watched.get(watched.user) !== watched) return;
    for (const effect of watched.status.step(input)) this.#perform(watched, effect);
  }

  #perform(watched: Watched, effect: StatusEffect): void {
    switch (effect.type) {
      case 'ask':
        this.#ask(watched);
        return;
      case 'tell':
        watched.known.resolve();
        this.#push(watched);
        return;
      case 'wait':
        this.#wait(watched, effect.waitMs);
    }
  }

  /** An answer never rejects. */
  #ask(watched: Watched): void {
    const { user } = watched;
    clearTimeout(watched.wait);
    const answer = this.#node.ask(user, `${this.#node.node}:watch:${user}:${watched.asked++}`);
    void answer.then((status) => this.#step(watched, { type: 'answered', status }));
  }

  #wait(watched: Watched, waitMs: number): void {
    clearTimeout(watched.wait);
    watched.wait = setTimeout(() => this.#step(watched, { type: 'due' }), waitMs);
  }

  #push(watched: Watched): void {
    if (this.#changed.size === 0) setImmediate(() => this.#pushAll());
    this.#changed.add(watched);
  }

  #pushAll(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    for (const watched of changed) tell(watched);
  }
}

/** What a session is told in answer to its request. */
function present({ user, status, sessions }: Watched, session: Session): StatusChange {
  const now = status.told ?? 'unknown';
  if (sessions.has(session)) sessions.set(session, now);
  return { user, status: now };
}

/** Told are those who were answered, and something else. */
function tell({ user, status: { told: status }, sessions }: Watched): void {
  if (status === undefined) return;
  const packet = encodeStatus({ user, status });
  for (const [session, before] of sessions) {
    if (before === undefined || before === status) continue;
    sessions.set(session, status);
    session.connection.write(packet);
  }
}
