import type { Redis } from 'ioredis';

import { within } from '../transports/within.js';
import { type Deferred, deferred } from './pending.js';
import { type Refused, unknown } from './refused.js';
import { type Change, encodeNotice, parseNotice } from './roomNotices.js';

/** What a node does when rooms change. */
export interface FeedHooks {
  /** Resolves when this node acts by the change. */
  changed(change: Change): Promise<void>;
  /** From now on changes are missed: nothing known before may be trusted. */
  lost(): void;
  /** No change is missed from now on; resolves when this node has caught up with those that were. */
  resumed(): Promise<void>;
}

/** An announcement of this node that is not confirmed yet. */
interface Announced {
  readonly confirmed: Deferred<void>;
  /** Whether it has come back, so that only what follows from it is waited for. */
  returned: boolean;
}

/** Longest wait for an announcement to come back, and for this node to act by it. */
export const confirmTimeoutMs = 5000;

/**
 * The changes of rooms, as the store hands them to this node in the order they were made.
 * An announcement of a change is confirmed when it has come back and what follows from it, and from earlier changes of the same room, is done;
 * a mark, which changes nothing, when that is so for every room. One subscription that is not confirmed thus holds up one room only.
 */
export class RoomFeed {
  readonly #listener: Redis;
  readonly #channel: string;
  readonly #node: string;
  readonly #hooks: FeedHooks;
  readonly #note: (error: unknown) => void;
  readonly #announced = new Map<string, Announced>();
  /** The last of what follows from changes of each room, done when all before it is; under `null` what follows from a cut. */
  readonly #followUps = new Map<string | null, Promise<unknown>>();
  #announcements = 0;
  #subscribed = false;

  /** `note` hears of errors that `up` does not tell. */
  constructor(listener: Redis, channel: string, node: string, hooks: FeedHooks, note: (error: unknown) => void) {
    this.#note = note;
    this.#listener = listener;
    this.#channel = channel;
    this.#node = node;
    this.#hooks = hooks;
  }

  get up(): boolean {
    return this.#subscribed;
  }

  async open(): Promise<void> {
    this.#listener.on('error', this.#note);
    this.#listener.on('message', (_channel: string, text: string) => this.#take(text));
    this.#listener.on('close', () => this.#lost());
    await this.#listener.connect();
    await this.#listener.subscribe(this.#channel);
    this.#subscribed = true;
    this.#listener.on('ready', () => this.#follow(null, this.#resume()));
  }

  /** Hands a notice to `publish` and resolves when it was confirmed. The refusal tells whether it came back. */
  async announce(change: Change | null, publish: (notice: string) => Promise<unknown>): Promise<void> {
    const id = `${this.#node}-${++this.#announcements}`;
    const announced: Announced = { confirmed: deferred<void>(), returned: false };
    this.#announced.set(id, announced);
    const both = Promise.all([publish(encodeNotice({ id, change })), announced.confirmed.promise]);
    try {
      await within(confirmTimeoutMs, both, () => notConfirmed(announced));
    } finally {
      this.#announced.delete(id);
    }
  }

  async close(): Promise<void> {
    this.#listener.disconnect();
    this.#lost();
    await this.#followed(null);
  }

  #take(text: string): void {
    const notice = parseNotice(text);
    // Whatever is no notice is somebody else's, and nothing follows from it.
    if (notice === undefined) return;
    const { id, change } = notice;
    if (change !== null) this.#follow(change.room, this.#hooks.changed(change));
    const announced = this.#announced.get(id);
    if (announced === undefined) return;
    announced.returned = true;
    void this.#followed(change).then(() => announced.confirmed.resolve());
  }

  #follow(room: string | null, work: Promise<void>): void {
    const noted = work.catch(this.#note);
    const followUp = Promise.all([this.#followUps.get(room), noted]).finally(() => {
      if (this.#followUps.get(room) === followUp) this.#followUps.delete(room);
    });
    this.#followUps.set(room, followUp);
  }

  /** Resolves when all that follows from the changes of the room so far is done; without a change, from those of all rooms. */
  async #followed(change: Change | null): Promise<void> {
    await Promise.all(change === null ? this.#followUps.values() : [this.#followUps.get(change.room)]);
  }

  /** Changes were missed while the connection was cut. If the node cannot catch up, the connection is made anew, and with it the attempt. */
  async #resume(): Promise<void> {
    try {
      await this.#listener.subscribe(this.#channel);
      this.#subscribed = true;
      await this.#hooks.resumed();
    } catch (error) {
      this.#lost();
      this.#listener.disconnect(true);
      throw error;
    }
  }

  #lost(): void {
    this.#subscribed = false;
    this.#hooks.lost();
    for (const announced of this.#announced.values()) if (!announced.returned) announced.confirmed.reject(notConfirmed(announced));
  }
}

function notConfirmed({ returned }: Announced): Refused {
  return unknown(returned ? 'subscription not confirmed' : 'room change not confirmed');
}
