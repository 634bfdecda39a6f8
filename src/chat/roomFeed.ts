import type { Redis } from 'ioredis';
import type { NodeId } from '../routing/types.js';
import { within } from '../transports/within.js';
import { Announcement } from './roomAnnouncement.js';
import { type Change, encodeConfirmation, encodeNotice, type Notice, parseConfirmation, parseNotice } from './roomNotices.js';

/** What a node does when rooms change. */
export interface FeedHooks {
  /** Resolves when this node acts by the change. Never rejects. */
  changed(change: Change): Promise<void>;
  /** From now on changes are missed: nothing known before may be trusted. */
  lost(): void;
  /** No change is missed from now on; resolves when this node has caught up with those that were. */
  resumed(): Promise<void>;
}

/** Where nodes hear each other, and how one speaks there. */
export interface FeedPlace {
  readonly node: NodeId;
  readonly listener: Redis;
  /** What all nodes hear. */
  readonly channel: string;
  publish(channel: string, text: string): Promise<unknown>;
  /** Hears of errors that `up` does not tell. */
  note(error: unknown): void;
}

/** Longest wait for an announcement to come back, and for every node to act by it. */
export const confirmTimeoutMs = 5000;

/**
 * The changes of rooms, as the store hands them to this node in the order they were made.
 * A node acts by a change when what follows from it, and from earlier changes of the same room, is done; by a mark, which changes nothing, when
 * that is so for every room. One subscription that is not confirmed thus holds up one room only.
 * An announced change is confirmed when every node of the view acts by it, of which each tells the announcer alone; a mark concerns the
 * announcer only.
 */
export class RoomFeed {
  readonly #place: FeedPlace;
  readonly #hooks: FeedHooks;
  /** Those of this node that are not confirmed yet, by number. */
  readonly #announced = new Map<number, Announcement>();
  /** The last of what follows from changes of each room, done when all before it is; under `null` what follows from a cut. */
  readonly #followUps = new Map<string | null, Promise<unknown>>();
  #nodes: ReadonlySet<NodeId>;
  #announcements = 0;
  #subscribed = false;

  constructor(place: FeedPlace, hooks: FeedHooks) {
    this.#place = place;
    this.#hooks = hooks;
    this.#nodes = new Set([place.node]);
  }

  get up(): boolean {
    return this.#subscribed;
  }

  async open(): Promise<void> {
    const { listener, channel, note } = this.#place;
    listener.on('error', note);
    listener.on('message', (from: string, text: string) => (from === channel ? this.#noticed(text) : this.#confirmed(text)));
    listener.on('close', () => this.#lost());
    await listener.connect();
    await this.#subscribe();
    listener.on('ready', () => this.#follow(null, this.#resume()));
  }

  /** From now on changes concern these nodes and this one; nobody waits for those that left. */
  view(nodes: readonly NodeId[]): void {
    this.#nodes = new Set([...nodes, this.#place.node]);
    for (const announcement of this.#announced.values()) announcement.keepOnly(this.#nodes);
  }

  /** Hands a notice to `publish` and resolves when it is confirmed. The refusal tells what was missing. */
  async announce(change: Change | null, publish: (notice: string) => Promise<unknown>): Promise<void> {
    const number = ++this.#announcements;
    const announcer = this.#place.node;
    const announcement = new Announcement(announcer);
    this.#announced.set(number, announcement);
    const both = Promise.all([publish(encodeNotice({ announcer, number, change })), announcement.confirmed]);
    try {
      await within(confirmTimeoutMs, both, () => announcement.refusal());
    } finally {
      this.#announced.delete(number);
    }
  }

  async close(): Promise<void> {
    this.#place.listener.disconnect();
    this.#lost();
    await this.#followed(null);
  }

  /** Whatever is no notice is somebody else's, and nothing follows from it. */
  #noticed(text: string): void {
    const notice = parseNotice(text);
    if (notice === undefined) return;
    const { announcer, number, change } = notice;
    if (change !== null) this.#follow(change.room, this.#hooks.changed(change));
    const { node } = this.#place;
    if (announcer === node) this.#announced.get(number)?.cameBack(change === null ? [node] : this.#nodes);
    if (announcer === node || change !== null) void this.#followed(change).then(() => this.#confirm(notice));
  }

  #confirmed(text: string): void {
    const confirmation = parseConfirmation(text);
    if (confirmation !== undefined) this.#announced.get(confirmation.number)?.confirm(confirmation.node);
  }

  /** To itself a node says it by a call. One that is cut off says nothing: the announcer is told that it is not known. */
  #confirm({ announcer, number }: Notice): void {
    const { node, publish, note } = this.#place;
    if (announcer === node) this.#announced.get(number)?.confirm(node);
    else if (this.#subscribed)
      publish(this.#channelOf(announcer), encodeConfirmation({ node, number })).catch((error: unknown) => {
        if (this.#subscribed) note(error);
      });
  }

  #follow(room: string | null, work: Promise<void>): void {
    const followUp = Promise.all([this.#followUps.get(room), work]).finally(() => {
      if (this.#followUps.get(room) === followUp) this.#followUps.delete(room);
    });
    this.#followUps.set(room, followUp);
  }

  /** Resolves when all that follows from the changes of the room so far is done; without a change, from those of all rooms. */
  async #followed(change: Change | null): Promise<void> {
    await Promise.all(change === null ? this.#followUps.values() : [this.#followUps.get(change.room)]);
  }

  async #subscribe(): Promise<void> {
    const { listener, channel, node } = this.#place;
    await listener.subscribe(channel, this.#channelOf(node));
    this.#subscribed = true;
  }

  /** What this node alone hears. */
  #channelOf(node: NodeId): string {
    return `${this.#place.channel}:n:${node}`;
  }

  /** Changes were missed while the connection was cut. If the node cannot catch up, the connection is made anew, and with it the attempt. */
  async #resume(): Promise<void> {
    try {
      await this.#subscribe();
      await this.#hooks.resumed();
    } catch (error) {
      this.#place.note(error);
      this.#lost();
      this.#place.listener.disconnect(true);
    }
  }

  #lost(): void {
    this.#subscribed = false;
    this.#hooks.lost();
    for (const announcement of this.#announced.values()) announcement.cut();
  }
}
