import { type ChainableCommander, Redis, type RedisOptions } from 'ioredis';
import { unavailable, wordsOf } from '../error.js';
import type { NodeId } from '../routing/types.js';
import { withoutPassword } from '../transports/redis/url.js';
import { Refused, rejected, unknown } from './refused.js';
import { confirmTimeoutMs, type FeedHooks, RoomFeed } from './roomFeed.js';
import { type Keys, keysLiveSeconds, keysOf, mortal } from './roomKeys.js';
import type { Change } from './roomNotices.js';

/**
 * How long a command and the confirmation of a change may take, and how the clients of the store come back after a cut: first after
 * `retryFirstMs`, each time twice as long up to `retryMaxMs`; how long keys live. Explicit, so that a result can state it.
 */
export const storeSettings = {
  commandTimeoutMs: 2000,
  confirmTimeoutMs,
  retryFirstMs: 50,
  retryMaxMs: 1000,
  keysLiveSeconds,
} as const;

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
 * a write is done when every node of the view acts by it.
 * Errors of the client are passed on as words, never as a cause: they hold the arguments of commands, hence passwords.
 */
export class RoomStore {
  readonly #redis: Redis;
  readonly #feed: RoomFeed;
  readonly #keys: Keys;
  readonly #node: NodeId;
  readonly #url: string;

  constructor(url: string, run: string, node: NodeId, hooks: FeedHooks) {
    this.#redis = new Redis(url, connection);
    this.#keys = keysOf(run);
    this.#node = node;
    this.#url = url;
    const place = {
      node,
      listener: new Redis(url, connection),
      channel: this.#keys.channel,
      publish: (channel: string, text: string) => this.#redis.publish(channel, text),
      note: (error: unknown) => this.#note(error),
    };
    this.#feed = new RoomFeed(place, hooks);
  }

  /** On standard error, where the last words of a node are read. */
  #note(error: unknown): void {
    process.stderr.write(`[${this.#node}] room store: ${withoutPassword(this.#url, wordsOf(error))}\n`);
  }

  async open(): Promise<void> {
    const heard = errorsOf(this.#redis);
    try {
      await this.#redis.connect();
      await this.#feed.open();
    } catch (error) {
      await this.close();
      const words = withoutPassword(this.#url, wordsOf(heard.last ?? error));
      throw unavailable(`[${this.#node}] cannot reach the room store (${words}); is it running, and is --store right?`);
    }
  }

  get up(): boolean {
    return this.#redis.status === 'ready' && this.#feed.up;
  }

  /** The nodes that act by changes from now on. */
  view(nodes: readonly NodeId[]): void {
    this.#feed.view(nodes);
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

  async size(room: string): Promise<number> {
    return this.#read(() => this.#redis.scard(this.#keys.room(room)));
  }

  /**
   * Takes the name, then adds the members. A failure between the two leaves the name to its owner, who may try again as long as the room
   * has no members; to everybody else it exists. What its owner tries twice at the same moment makes one room of all the members.
   */
  async create(room: string, owner: string, members: readonly string[]): Promise<void> {
    await this.#take(room, owner);
    try {
      await this.change({ room, added: members, removed: [] });
    } catch (error) {
      throw error instanceof Refused ? unknown(error.reason) : error;
    }
  }

  /** Resolves when every node of the view acts by it. */
  async change(change: Change): Promise<void> {
    await this.#feed.announce(change, (notice) => this.#write((multi) => this.#queue(multi, change, notice)));
  }

  /** Resolves when this node acts by every change that was made before the call. */
  async fence(): Promise<void> {
    try {
      await this.#feed.announce(null, (notice) => this.#redis.publish(this.#keys.channel, notice));
    } catch (error) {
      throw unavailable(`[${this.#node}] ${fenceWords(error)}`);
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
    await this.#feed.close();
  }

  /** The owner's key is on the list of keys before it exists. */
  async #take(room: string, owner: string): Promise<void> {
    const { keys, owner: ownerOf, room: membersOf } = this.#keys;
    const name = ownerOf(room);
    const [, , holder, size] = await this.#write((multi) =>
      mortal(multi.sadd(keys, name).set(name, owner, 'NX').get(name).scard(membersOf(room)), [keys, name]),
    );
    if (holder !== owner || size !== 0) throw rejected('room exists');
  }

  #queue(multi: ChainableCommander, { room, added, removed }: Change, notice: string): ChainableCommander {
    const { keys, roomsOf, channel } = this.#keys;
    const members = this.#keys.room(room);
    multi.sadd(keys, members, ...added.map(roomsOf));
    if (added.length > 0) multi.sadd(members, ...added);
    if (removed.length > 0) multi.srem(members, ...removed);
    for (const user of added) multi.sadd(roomsOf(user), room);
    for (const user of removed) multi.srem(roomsOf(user), room);
    mortal(multi, [keys, members, ...added.map(roomsOf)]);
    return multi.publish(channel, notice);
  }

  async #read<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch {
      throw rejected('room store down');
    }
  }

  /** What fails after it was sent may have happened. */
  async #write(build: (multi: ChainableCommander) => ChainableCommander): Promise<readonly unknown[]> {
    if (!this.up) throw rejected('room store down');
    try {
      return resultsOf(await build(this.#redis.multi()).exec());
    } catch {
      throw unknown('room store down');
    }
  }
}

/** Removes every key that the nodes of a run made; for the end of the run, when no node writes any more. */
export async function removeOwnKeys(url: string, run: string): Promise<void> {
  const redis = new Redis(url, { ...connection, retryStrategy: () => null });
  const heard = errorsOf(redis);
  const { keys } = keysOf(run);
  try {
    await redis.connect();
    const all = [...(await redis.smembers(keys)), keys];
    for (let from = 0; from < all.length; from += 1000) await redis.unlink(all.slice(from, from + 1000));
  } catch (error) {
    const words = withoutPassword(url, wordsOf(heard.last ?? error));
    throw unavailable(`[store] cannot remove the keys bench:${run}:* (${words}); remove them by hand`);
  } finally {
    redis.disconnect();
  }
}

function resultsOf(replies: [error: Error | null, result: unknown][] | null): readonly unknown[] {
  if (replies === null) throw unavailable('[store] dropped a transaction');
  return replies.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

/** Why a mark in the order of changes was not confirmed. The store is not to blame for a broker under test that does not confirm. */
function fenceWords(error: unknown): string {
  if (error instanceof Refused && error.reason === 'subscription not confirmed')
    return `acts not yet by all changes of rooms after ${confirmTimeoutMs} ms: subscriptions that follow from them are not confirmed; is every broker well?`;
  return 'the room store does not answer; is it still running?';
}

/** Why a connection failed is told here only: the call that wanted it is told that it is closed. Without a listener ioredis prints it. */
function errorsOf(redis: Redis): { readonly last: Error | undefined } {
  const heard: { last: Error | undefined } = { last: undefined };
  redis.on('error', (error) => {
    heard.last = error;
  });
  return heard;
}
