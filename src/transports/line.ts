import { setImmediate } from 'node:timers/promises';
import { type BenchError, unavailable, wordsOf } from '../error.js';
import type { BrokerId } from '../routing/types.js';
import { type ConnectionTimes, retryDelayMs } from './times.js';
import { within } from './within.js';

/** One connection to a broker. Every call on it settles at the latest when it is over. */
export interface Session {
  /** Resolves when it is over, for whatever reason, with that reason in words. */
  readonly over: Promise<string>;
  /** Ends it now; resolves when its socket is being destroyed. Never rejects. */
  end(): Promise<void>;
}

export interface LineListener {
  /** There is a session, for the first time or again; it has nothing of the one before. */
  came(): void;
  /** There was one and is no longer. */
  broke(): void;
}

/**
 * A connection to one broker that comes back by itself, empty: each session is a client of its own, so nothing that one
 * was asked to do can turn up on the next.
 */
export class Line<S extends Session> {
  readonly id: BrokerId;
  readonly times: ConnectionTimes;
  readonly #dial: () => Promise<S>;
  readonly #listener: LineListener;
  #session: S | undefined;
  #words = 'connection closed';
  #open = false;
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  /** The attempt to come back that is under way, and the end of a session that was given up. */
  #coming: Promise<void> = Promise.resolve();
  #going: Promise<void> = Promise.resolve();

  constructor(id: BrokerId, times: ConnectionTimes, dial: () => Promise<S>, listener: LineListener) {
    this.id = id;
    this.times = times;
    this.#dial = dial;
    this.#listener = listener;
  }

  /** Rejects when the first attempt fails; from then on it tries again for ever. */
  async open(): Promise<void> {
    this.#open = true;
    try {
      this.#take(await this.#dial());
    } catch (error) {
      this.#open = false;
      throw unavailable(`[${this.id}] cannot be used: ${wordsOf(error)}`, error);
    }
  }

  get session(): S | undefined {
    return this.#session;
  }

  /** What was last heard of a connection that broke or did not come to be. */
  get words(): string {
    return this.#words;
  }

  /** Gives a command and waits for its answer. False: the connection was or went down. One that does not answer in time is given up. */
  async ask(command: string, give: (session: S) => Promise<unknown>): Promise<boolean> {
    const session = this.#session;
    if (session === undefined) return false;
    let late: BenchError | undefined;
    const giveUp = () => {
      late = unavailable(
        `[${this.id}] did not confirm ${command} within ${this.times.answerTimeoutMs / 1000} s; is it overloaded or stopped?`,
      );
      this.giveUp(session);
      return late;
    };
    try {
      await within(this.times.answerTimeoutMs, give(session), giveUp);
      return true;
    } catch (error) {
      if (late !== undefined) throw late;
      if (this.#session !== session) return false;
      throw unavailable(`[${this.id}] refused ${command}: ${wordsOf(error)}`, error);
    }
  }

  /** Waits for an answer for as long as the caller does. A session that is over owes none. */
  async await(give: (session: S) => Promise<unknown>): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    try {
      await give(session);
    } catch (error) {
      if (this.#session === session) throw unavailable(`[${this.id}] ${wordsOf(error)}`, error);
    }
  }

  /** The session is of no use any more; another one takes its place. */
  giveUp(session: S): void {
    if (this.#session !== session) return;
    this.#lose('it did not answer');
    this.#going = session.end();
  }

  /** Resolves when no socket and no timer is left. */
  async close(): Promise<void> {
    this.#open = false;
    clearTimeout(this.#retry);
    const session = this.#session;
    this.#session = undefined;
    await Promise.all([session?.end(), this.#coming, this.#going]);
    // A destroyed socket goes at the very end of a turn of the event loop, after its immediates.
    await setImmediate();
    await setImmediate();
  }

  #take(session: S): void {
    this.#session = session;
    this.#attempt = 0;
    void session.over.then((words) => {
      if (this.#session === session) this.#lose(words);
    });
    this.#listener.came();
  }

  #lose(words: string): void {
    this.#words = words;
    this.#session = undefined;
    this.#later();
    this.#listener.broke();
  }

  #later(): void {
    const delayMs = retryDelayMs(this.#attempt++, this.times);
    this.#retry = setTimeout(() => {
      this.#coming = this.#again();
    }, delayMs);
  }

  async #again(): Promise<void> {
    try {
      const session = await this.#dial();
      if (this.#open) this.#take(session);
      else await session.end();
    } catch (error) {
      this.#words = wordsOf(error);
      if (this.#open) this.#later();
    }
  }
}
