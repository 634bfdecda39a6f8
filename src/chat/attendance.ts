import type { Topic } from '../routing/types.js';
import { Entrances } from './entrances.js';
import type { Inbox } from './inbox.js';
import type { Rooms } from './rooms.js';
import type { Session } from './session.js';
import type { StatusAnnouncer } from './statusAnnouncer.js';
import type { StatusWatchers } from './statusWatchers.js';
import type { Switchboard } from './switchboard.js';

/** Whoever does something for a session from its sign-in until it has left. */
interface Hosts {
  readonly switchboard: Pick<Switchboard, 'want' | 'unwant'>;
  readonly inbox: Pick<Inbox, 'hold' | 'release'>;
  readonly rooms: Pick<Rooms, 'enter'>;
  readonly announcer: Pick<StatusAnnouncer, 'left'>;
  readonly watchers: Pick<StatusWatchers, 'forget'>;
}

/** The sessions that are here. Invariant: each holds its user's topic, its rooms and the node's inbox, and one that has left holds nothing. */
export class Attendance {
  readonly sessions = new Set<Session>();
  readonly #entrances: Entrances;
  readonly #hosts: Hosts;

  /** `inboxTopic`: without it nobody can be online. */
  constructor(inboxTopic: Topic, hosts: Hosts) {
    this.#entrances = new Entrances(inboxTopic);
    this.#hosts = hosts;
  }

  /** A user's own topic first: from then on changes of the user's rooms reach the session. */
  async enter(session: Session): Promise<void> {
    const { switchboard, inbox, rooms } = this.#hosts;
    this.sessions.add(session);
    const heard = [switchboard.want(`u:${session.user}`, session), inbox.hold()];
    await this.#entrances.pass(session, Promise.all([...heard, rooms.enter(session)]));
  }

  /** May be said more than once. */
  leave(session: Session): void {
    if (session.left) return;
    const { switchboard, inbox, announcer, watchers } = this.#hosts;
    session.left = true;
    this.sessions.delete(session);
    for (const topic of [...session.topics]) switchboard.unwant(topic, session);
    announcer.left(session);
    watchers.forget(session);
    inbox.release();
  }

  /** These topics are not heard: who waits for one of them is refused. */
  unheard(topics: ReadonlySet<Topic>, cause: unknown): void {
    this.#entrances.unheard(topics, cause);
  }
}
