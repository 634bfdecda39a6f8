import { Redis } from 'ioredis';
import { BenchError, unavailable, wordsOf } from '../../error.js';
import { type ConnectionTimes, retryDelayMs } from '../times.js';
import { within } from '../within.js';
import { connectFailure, isRefusal, refusal } from './failure.js';
import { redisOptions } from './settings.js';
import { maskUrl, parseRedisUrl, withoutPassword } from './url.js';

export interface ConnectionListener {
  /** It is there, for the first time or again. */
  came(): void;
  /** It was there and is no longer. */
  broke(): void;
  message?(channel: Buffer, bytes: Buffer): void;
}

/** A connection to one Redis that comes back by itself after it breaks, empty. */
export class Connection {
  readonly id: string;
  readonly times: ConnectionTimes;
  readonly #url: string;
  readonly #listener: ConnectionListener;
  #redis: Redis;
  #words = '';
  #keep = false;
  #there = false;
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #gathering = false;

  constructor(place: { readonly id: string; readonly url: string }, times: ConnectionTimes, listener: ConnectionListener) {
    this.id = place.id;
    this.times = times;
    this.#url = place.url;
    this.#listener = listener;
    this.#redis = this.#make();
  }

  /** Rejects when the first attempt fails; from then on it tries again for ever. */
  async open(): Promise<void> {
    const late = () =>
      unavailable(`[${this.id}] did not answer within ${this.times.connectTimeoutMs / 1000} s; is ${maskUrl(this.#url)} a Redis?`);
    try {
      await within(this.times.connectTimeoutMs, this.#connect(), late);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  get connected(): boolean {
    return this.#redis.status === 'ready' && this.#redis.stream.writable;
  }

  /** What was last heard of a connection that broke or did not come to be. */
  get words(): string {
    return this.#words === '' ? 'connection closed' : this.#words;
  }

  /**
   * The client to give commands to, when `connected`. All commands of one turn of the event loop leave in one write
   * (CPU per publish on Node 20 with 100 in a turn: 3.3 us; 5.9 without, 5.8 with ioredis's automatic and 6.1 with its explicit pipelines).
   */
  gather(): Redis {
    if (!this.#gathering) {
      const { stream } = this.#redis;
      this.#gathering = true;
      stream.cork();
      setImmediate(() => {
        this.#gathering = false;
        stream.uncork();
      });
    }
    return this.#redis;
  }

  /**
   * Gives a command and waits for its answer. False: the connection was or went down, so it will not be answered.
   * When the answer is late, the connection is kept or given up; one that is given up breaks and comes back as any other.
   */
  async ask(command: string, give: (redis: Redis) => Promise<unknown>, whenLate: 'keep' | 'giveUp' = 'keep'): Promise<boolean> {
    if (!this.connected) return false;
    const redis = this.#redis;
    const late = () => {
      if (whenLate === 'giveUp') redis.disconnect();
      return unavailable(
        `[${this.id}] did not confirm ${command} within ${this.times.answerTimeoutMs / 1000} s; is it overloaded or stopped?`,
      );
    };
    try {
      await within(this.times.answerTimeoutMs, give(this.gather()), late);
      return true;
    } catch (error) {
      if (isRefusal(error)) throw unavailable(refusal(this.id, command, error));
      if (error instanceof BenchError) throw error;
      return false;
    }
  }

  /** Resolves when no socket and no timer is left. */
  async close(): Promise<void> {
    this.#keep = false;
    clearTimeout(this.#retry);
    await disconnect(this.#redis);
  }

  #make(): Redis {
    const redis = new Redis(redisOptions(parseRedisUrl(this.#url), this.times));
    redis.on('error', (error) => {
      this.#words = withoutPassword(this.#url, wordsOf(error));
    });
    redis.once('ready', () => this.#ready());
    redis.once('end', () => this.#ended());
    for (const event of ['messageBuffer', 'smessageBuffer'])
      redis.on(event, (channel: Buffer, bytes: Buffer) => this.#listener.message?.(channel, bytes));
    return redis;
  }

  async #connect(): Promise<void> {
    try {
      await this.#redis.connect();
    } catch {
      throw connectFailure(this.id, this.#url, this.words);
    }
  }

  #ready(): void {
    this.#keep = true;
    this.#attempt = 0;
    this.#words = '';
    this.#there = true;
    this.#listener.came();
  }

  #ended(): void {
    if (this.#there) this.#listener.broke();
    this.#there = false;
    if (this.#keep) this.#retry = setTimeout(() => this.#again(), retryDelayMs(this.#attempt++, this.times));
  }

  #again(): void {
    this.#redis = this.#make();
    // A failed attempt ends in the 'end' event, which begins the next one.
    this.#redis.connect().catch(() => {});
  }
}

/** Closes at once and resolves when the socket is gone. */
export async function disconnect(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const ended = new Promise<void>((resolve) => {
    redis.once('end', resolve);
  });
  redis.disconnect();
  await ended;
}
