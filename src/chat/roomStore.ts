import { type ChainableCommander, Redis, type RedisOptions } from 'ioredis';
import { unavailable, wordsOf } from '../error.js';
import { rejected, unknown } from './refused.js';
import { type FeedHooks, RoomFeed } from './roomFeed.js';
import type { Change } from './roomNotices.js';

/** How long a command may take, and how the clients of the store come back after a cut: explicit, so that a result can state it. */
export const storeSettings = { commandTimeoutMs: 2000, retryFirstMs: 50, retryMaxMs: 1000 } as const;

/**
 * A command that cannot be sent fails at once and one in flight at a cut is not sent twice: the caller is told, nothing waits unseen.
 * Only commands that the embedded broker knows are used: RESP2, no INFO, no CLIENT.
 */
const connection = {
  lazyConnect: true,
  protocol: 2,
  enableReadyCheck: false,
  disableClientInfo: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  commandTimeout: storeSettings.commandTimeoutMs,
  retryStrategy: (attempt: number) => Math.min(storeSettings.retryFirstMs * 2 ** (attempt - 1), storeSettings.retryMaxMs),
} as const satisfies RedisOptions;

/**
 * The rooms of a run as sets in a Redis of their own, never a broker under test. Every change is announced on a channel of that same Redis;
 * a write is done when its own announcement came back here and this node acts by it.
 */
export class RoomStore {
  readonly #redis: Redis;
  readonly #feed: RoomFeed;
  readonly #keys: Keys;
  readonly #node: string;

  constructor(url: string, run: string, node: string, hooks: FeedHooks) {
    this.#redis = new Redis(url, connection);
    this.#keys = keysOf(run);
    this.#node = node;
    this.#feed = new RoomFeed(new Redis(url, connection), this.#keys.channel, node, hooks);
  }

  async open(): Promise<void> {
    this.#redis.on('error', ignore);
    try {
      await this.#redis.connect();
      await this.#feed.open();
    } catch (error) {
      await this.close();
      throw unavailable(`[${this.#node}] cannot reach the room store (${wordsOf(error)}); is it running, and is --store right?`, error);
    }
  }

  get up(): boolean {
    return this.#redis.status === 'ready' && this.#feed.up;
  }

  /** What went wrong last with the feed of changes. */
  get words(): string | null {
    return this.#feed.words;
  }

  members(room: string): Promise<readonly string[]> {
    return this.#read(() => this.#redis.smembers(this.#keys.room(room)));
  }

  roomsOf(user: string): Promise<readonly string[]> {
    return this.#read(() => this.#redis.smembers(this.#keys.roomsOf(user)));
  }

  async isMember(room: string, user: string): Promise<boolean> {
    return (await this.#read(() => this.#redis.sismember(this.#keys.room(room), user))) === 1;
  }

  /** Rejects when the room exists, whoever made it. The owner's key is on the list of keys before it exists. */
  async create(room: string, owner: string, members: readonly string[]): Promise<void> {
    const name = this.#keys.owner(room);
    const [, taken] = await this.#write((multi) => multi.sadd(this.#keys.keys, name).set(name, owner, 'NX'));
    if (taken !== 'OK') throw rejected('room exists');
    await this.change({ room, added: members, removed: [] });
  }

  async change(change: Change): Promise<void> {
    await this.#feed.announce(change, (notice) => this.#write((multi) => this.#queue(multi, change, notice)));
  }

  /** Resolves when this node acts by every change that was made before the call. */
  async fence(): Promise<void> {
    try {
      await this.#feed.announce(null, (notice) => this.#redis.publish(this.#keys.channel, notice));
    } catch (error) {
      throw unavailable(`[${this.#node}] the room store does not answer; is it still running?`, error);
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
    await this.#feed.close();
  }

  #queue(multi: ChainableCommander, { room, added, removed }: Change, notice: string): ChainableCommander {
    const { keys, roomsOf, channel } = this.#keys;
    const members = this.#keys.room(room);
    multi.sadd(keys, members, ...added.map(roomsOf));
    if (added.length > 0) multi.sadd(members, ...added);
    if (removed.length > 0) multi.srem(members, ...removed);
    for (const user of added) multi.sadd(roomsOf(user), room);
    for (const user of removed) multi.srem(roomsOf(user), room);
    return multi.publish(channel, notice);
  }

  async #read<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      throw rejected('room store down', error);
    }
  }

  /** What fails after it was sent may have happened. */
  async #write(build: (multi: ChainableCommander) => ChainableCommander): Promise<readonly unknown[]> {
    if (!this.up) throw rejected('room store down');
    try {
      return resultsOf(await build(this.#redis.multi()).exec());
    } catch (error) {
      throw unknown('room store down', error);
    }
  }
}

/** Removes every key that the nodes of a run made; for the end of the run, when no node writes any more. */
export async function removeOwnKeys(url: string, run: string): Promise<void> {
  const redis = new Redis(url, { ...connection, retryStrategy: () => null });
  redis.on('error', ignore);
  const { keys } = keysOf(run);
  try {
    await redis.connect();
    const all = [...(await redis.smembers(keys)), keys];
    for (let from = 0; from < all.length; from += 1000) await redis.unlink(all.slice(from, from + 1000));
  } catch (error) {
    throw unavailable(`[store] cannot remove the keys bench:${run}:* (${wordsOf(error)}); remove them by hand`, error);
  } finally {
    redis.disconnect();
  }
}

interface Keys {
  /** The set of all the keys made. */
  readonly keys: string;
  readonly channel: string;
  room(room: string): string;
  roomsOf(user: string): string;
  owner(room: string): string;
}

function keysOf(run: string): Keys {
  const prefix = `bench:${run}:`;
  return {
    keys: `${prefix}keys`,
    channel: `${prefix}rooms`,
    room: (room) => `${prefix}room:${room}`,
    roomsOf: (user) => `${prefix}rooms-of:${user}`,
    owner: (room) => `${prefix}owner:${room}`,
  };
}

function resultsOf(replies: [error: Error | null, result: unknown][] | null): readonly unknown[] {
  if (replies === null) throw unavailable('[store] dropped a transaction');
  return replies.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

/** A client of ioredis without a listener prints its errors; every call here rejects by itself and says the same. */
function ignore(): void {}
