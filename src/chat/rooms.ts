import { LRUCache } from 'lru-cache';
import type { ChatLimits, RoomForm } from '../plan/types.js';
import type { NodeId, Topic } from '../routing/types.js';
import { Reads } from './reads.js';
import { rejected } from './refused.js';
import type { Change } from './roomNotices.js';
import { RoomStore } from './roomStore.js';
import type { Session } from './session.js';

/** What rooms need of their node. */
export interface Listeners {
  want(topic: Topic, session: Session): Promise<void>;
  unwant(topic: Topic, session: Session): void;
  sockets(topic: Topic): ReadonlySet<Session>;
  sessions(): Iterable<Session>;
}

interface Members {
  readonly users: ReadonlySet<string>;
  /** Who a post to the room is for, by the plan's form of rooms. */
  readonly topics: readonly Topic[];
}

/** Rooms and members kept in a node's memory: the least recently used go first. */
const cachedRoomsMax = 20_000;
const cachedMembersMax = 2_000_000;

/**
 * Rooms as a node sees them: who may post, whom a post is for, and, in the form `topic`, which of its sessions listen to which rooms.
 * Members are cached until the store announces a change of the room; a change is acknowledged when every node acts by it. While announcements
 * are cut off, nothing is cached and nobody posts or changes a room; in the form `topic` sessions keep listening to their rooms meanwhile, for
 * a store's outage shall not lose messages, and leave those they were removed from as soon as it is over.
 */
export class Rooms {
  readonly #form: RoomForm;
  readonly #listeners: Listeners;
  readonly #membersMax: number;
  readonly #store: RoomStore;
  readonly #cache = new LRUCache<string, Members>({
    max: cachedRoomsMax,
    maxSize: cachedMembersMax,
    sizeCalculation: ({ users }) => users.size + 1,
  });
  readonly #memberReads = new Reads<Members>();
  readonly #roomReads = new Reads<readonly string[]>();

  constructor(
    place: { url: string; run: string; node: NodeId },
    form: RoomForm,
    listeners: Listeners,
    { membersMax }: Pick<ChatLimits, 'membersMax'>,
  ) {
    this.#form = form;
    this.#listeners = listeners;
    this.#membersMax = membersMax;
    const hooks = { changed: (change: Change) => this.#changed(change), lost: () => this.#forget(), resumed: () => this.#resumed() };
    this.#store = new RoomStore(place.url, place.run, place.node, hooks);
  }

  open(): Promise<void> {
    return this.#store.open();
  }

  get up(): boolean {
    return this.#store.up;
  }

  /** The nodes that act by changes of rooms from now on. */
  view(nodes: readonly NodeId[]): void {
    this.#store.view(nodes);
  }

  /** Resolves when the session listens to the rooms of its user. */
  async enter(session: Session): Promise<void> {
    if (this.#form !== 'topic') return;
    const rooms = await this.#roomReads.read(session.user, () => this.#store.roomsOf(session.user));
    if (!session.left) await Promise.all(rooms.map((room) => this.#listeners.want(topicOf(room), session)));
  }

  /** Whom a post of this user is for. Rejects unless the user is a member. */
  async topics(room: string, user: string): Promise<readonly Topic[]> {
    return (await this.#membersFor(room, user)).topics;
  }

  async members(room: string, user: string): Promise<readonly string[]> {
    return [...(await this.#membersFor(room, user)).users];
  }

  list(user: string): Promise<readonly string[]> {
    return this.#store.roomsOf(user);
  }

  async create(room: string, owner: string, members: readonly string[]): Promise<void> {
    const all = new Set([owner, ...members]);
    if (all.size > this.#membersMax) throw rejected('too many members');
    await this.#store.create(room, owner, [...all]);
  }

  /** Those who add to a room at the same moment may together exceed the limit by their number. */
  async add(room: string, by: string, user: string): Promise<void> {
    await this.#mayWrite(room, by);
    const full = (await this.#store.size(room)) >= this.#membersMax;
    if (full && !(await this.#store.isMember(room, user))) throw rejected('too many members');
    await this.#store.change({ room, added: [user], removed: [] });
  }

  async remove(room: string, by: string, user: string): Promise<void> {
    await this.#mayWrite(room, by);
    await this.#store.change({ room, added: [], removed: [user] });
  }

  fence(): Promise<void> {
    return this.#store.fence();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** Asks the store itself: nobody changes a room by a membership that is only cached. */
  async #mayWrite(room: string, user: string): Promise<void> {
    if (!(await this.#store.isMember(room, user))) throw rejected('not a member');
  }

  async #membersFor(room: string, user: string): Promise<Members> {
    if (!this.#store.up) throw rejected('room store down');
    const members =
      this.#cache.get(room) ??
      (await this.#memberReads.read(
        room,
        () => this.#load(room),
        (read) => this.#keep(room, read),
      ));
    if (!members.users.has(user)) throw rejected('not a member');
    return members;
  }

  async #load(room: string): Promise<Members> {
    const users = [...(await this.#store.members(room))].sort();
    return { users: new Set(users), topics: this.#form === 'topic' ? [topicOf(room)] : users.map((user): Topic => `u:${user}`) };
  }

  /** Rooms that do not exist are not kept: strangers could push real ones out. Nor is anything whose changes would be missed. */
  #keep(room: string, members: Members): void {
    if (members.users.size > 0 && this.#store.up) this.#cache.set(room, members);
  }

  #forget(): void {
    this.#cache.clear();
    this.#memberReads.changedAll();
    this.#roomReads.changedAll();
  }

  async #changed({ room, added, removed }: Change): Promise<void> {
    this.#cache.delete(room);
    this.#memberReads.changed(room);
    for (const user of [...added, ...removed]) this.#roomReads.changed(user);
    if (this.#form !== 'topic') return;
    for (const user of removed) for (const session of this.#sessionsOf(user)) this.#listeners.unwant(topicOf(room), session);
    await Promise.all(added.flatMap((user) => this.#sessionsOf(user).map((session) => this.#listeners.want(topicOf(room), session))));
  }

  /** Changes may have been missed: what was read meanwhile is forgotten too, and every session's rooms are read anew. */
  async #resumed(): Promise<void> {
    this.#forget();
    if (this.#form === 'topic') await Promise.all([...this.#listeners.sessions()].map((session) => this.#enterAnew(session)));
  }

  async #enterAnew(session: Session): Promise<void> {
    const rooms = new Set((await this.#roomReads.read(session.user, () => this.#store.roomsOf(session.user))).map(topicOf));
    for (const topic of [...session.topics]) if (topic.startsWith('r:') && !rooms.has(topic)) this.#listeners.unwant(topic, session);
    if (!session.left) await Promise.all([...rooms].map((topic) => this.#listeners.want(topic, session)));
  }

  #sessionsOf(user: string): Session[] {
    return [...this.#listeners.sockets(`u:${user}`)];
  }
}

function topicOf(room: string): Topic {
  return `r:${room}`;
}
