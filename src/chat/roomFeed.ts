import type { Redis } from 'ioredis';
import { wordsOf } from '../error.js';
import { type Deferred, deferred, within } from './pending.js';
import { unknown } from './refused.js';
import { type Change, encodeNotice, parseNotice } from './roomNotices.js';

/** What a node does when rooms change. */
export interface FeedHooks {
  /** Resolves when this node acts by the change. */
  changed(change: Change): Promise<void>;
  /** Changes may have been missed: nothing known before holds. */
  resumed(): Promise<void>;
}

/** Longest wait for an announcement to come back, and for this node to act by it. */
export const confirmTimeoutMs = 5000;

/**
 * The changes of rooms, as the store hands them to this node in the order they were made.
 * An announcement of this node is confirmed when it has come back and everything that followed from it and all before it is done.
 */
export class RoomFeed {
  readonly #listener: Redis;
  readonly #channel: string;
  readonly #node: string;
  readonly #hooks: FeedHooks;
  readonly #announced = new Map<string, Deferred<void>>();
  readonly #followUps = new Set<Promise<void>>();
  #announcements = 0;
  #subscribed = false;
  #words: string | null = null;

  constructor(listener: Redis, channel: string, node: string, hooks: FeedHooks) {
    this.#listener = listener;
    this.#channel = channel;
    this.#node = node;
    this.#hooks = hooks;
  }

  get up(): boolean {
    return this.#subscribed;
  }

  /** What went wrong last. */
  get words(): string | null {
    return this.#words;
  }

  async open(): Promise<void> {
    this.#listener.on('error', (error) => this.#note(error));
    this.#listener.on('message', (_channel: string, text: string) => this.#take(text));
    this.#listener.on('close', () => this.#lost());
    await this.#listener.connect();
    await this.#listener.subscribe(this.#channel);
    this.#subscribed = true;
    this.#listener.on('ready', () => this.#follow(this.#resume()));
  }

  /** Hands a notice to `publish` and resolves when it was confirmed. */
  async announce(change: Change | null, publish: (notice: string) => Promise<unknown>): Promise<void> {
    const id = `${this.#node}-${++this.#announcements}`;
    const returned = deferred<void>();
    this.#announced.set(id, returned);
    const both = Promise.all([publish(encodeNotice({ id, change })), returned.promise]);
    try {
      await within(confirmTimeoutMs, both, () => unknown('room change not confirmed'));
    } finally {
      this.#announced.delete(id);
    }
  }

  async close(): Promise<void> {
    this.#listener.disconnect();
    this.#lost();
    await Promise.all(this.#followUps);
  }

  #take(text: string): void {
    const notice = parseNotice(text);
    if (notice === undefined) {
      this.#note('something that is no notice came through the channel of rooms');
      return;
    }
    if (notice.change !== null) this.#follow(this.#hooks.changed(notice.change));
    const announced = this.#announced.get(notice.id);
    if (announced !== undefined) void Promise.all(this.#followUps).then(() => announced.resolve());
  }

  #follow(work: Promise<void>): void {
    const followUp = work.catch((error: unknown) => this.#note(error)).finally(() => this.#followUps.delete(followUp));
    this.#followUps.add(followUp);
  }

  /** Changes were missed while the connection was cut. If the node cannot catch up, the connection is made anew, and with it the attempt. */
  async #resume(): Promise<void> {
    try {
      await this.#listener.subscribe(this.#channel);
      this.#subscribed = true;
      await this.#hooks.resumed();
    } catch (error) {
      this.#subscribed = false;
      this.#listener.disconnect(true);
      throw error;
    }
  }

  #lost(): void {
    this.#subscribed = false;
    for (const announced of this.#announced.values()) announced.reject(unknown('room change not confirmed'));
  }

  #note(error: unknown): void {
    this.#words = wordsOf(error);
  }
}
