import { wordsOf } from '../error.js';
import type { Line, Session } from './line.js';
import { PublishError, type TransportSettings } from './types.js';

/** How many took a message: 0 when nobody listens, null when somebody does and the broker does not say how many. */
export type Receipt = 0 | null;

/** A session one can publish on. */
export interface PublishingSession<R = Receipt> extends Session {
  /**
   * Throws when nothing was sent. Rejects with a PublishError where it knows what became of it; else nobody does: the broker refused it,
   * or the session was over before it was confirmed.
   */
  publish(channel: string, frame: Buffer): Promise<R>;
}

/**
 * Publishes on one line. What waits for a confirmation is bounded; every publish has a definite outcome, and none is ever sent twice.
 * A session on which publishes wait and none is confirmed for long is given up.
 */
export class Outbox<R = Receipt> {
  readonly #line: Line<PublishingSession<R>>;
  readonly #settings: TransportSettings;
  #messages = 0;
  #bytes = 0;
  /** Whether a publish was answered since the timer was set. */
  #answered = false;
  #timer: NodeJS.Timeout | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(line: Line<PublishingSession<R>>, settings: TransportSettings) {
    this.#line = line;
    this.#settings = settings;
  }

  publish(channel: string, frame: Buffer): Promise<R> {
    const { session } = this.#line;
    if (session === undefined) return this.#reject(`is not connected (${this.#line.words}); it is tried again until it is back`);
    if (!this.#hasRoomFor(frame)) return this.#reject(this.#tooSlow());
    try {
      return this.#settled(session.publish(channel, frame), frame.length);
    } catch (error) {
      return this.#reject(`was not given the message: ${wordsOf(error)}`);
    }
  }

  /** Resolves when no publish waits any more. */
  async idle(): Promise<void> {
    if (this.#messages > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #settled(confirmed: Promise<R>, bytes: number): Promise<R> {
    this.#messages++;
    this.#bytes += bytes;
    this.#timer ??= this.#watch();
    return confirmed.then(
      (receipt) => {
        this.#done(bytes);
        return receipt;
      },
      (error: unknown) => {
        this.#done(bytes);
        throw this.#failure(error);
      },
    );
  }

  #done(bytes: number): void {
    this.#answered = true;
    this.#messages--;
    this.#bytes -= bytes;
    if (this.#messages === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #hasRoomFor(frame: Buffer): boolean {
    const { queuedMessages, queuedBytes } = this.#settings;
    return this.#messages < queuedMessages && this.#bytes + frame.length <= queuedBytes;
  }

  #tooSlow(): string {
    const { queuedMessages, queuedBytes } = this.#settings;
    const waiting = `${this.#messages} messages (${this.#bytes} bytes) wait for its answer`;
    return `is too slow: ${waiting}; the limits are ${queuedMessages} and ${queuedBytes}`;
  }

  #failure(error: unknown): PublishError {
    if (error instanceof PublishError) return new PublishError(error.outcome, `[${this.#line.id}] ${error.message}`);
    return new PublishError('unknown', `[${this.#line.id}] the message was not confirmed: ${wordsOf(error)}`);
  }

  #reject(words: string): Promise<never> {
    return Promise.reject(new PublishError('rejected', `[${this.#line.id}] ${words}`));
  }

  /** One timer for all that waits. */
  #watch(): NodeJS.Timeout {
    this.#answered = false;
    const { session } = this.#line;
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#messages === 0) return;
      if (!this.#answered && session !== undefined) this.#line.giveUp(session);
      this.#timer = this.#watch();
    }, this.#line.times.silenceTimeoutMs);
  }
}
