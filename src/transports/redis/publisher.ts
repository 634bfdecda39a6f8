import { PublishError, type TransportSettings } from '../types.js';
import type { Connection } from './connection.js';
import { isRefusal, refusal } from './failure.js';
import type { PubSub } from './pubSub.js';

/** Publishes over one connection. What waits for an answer is bounded; every publish has a definite outcome, and none is ever sent twice. */
export class Publisher {
  readonly #connection: Connection;
  readonly #settings: TransportSettings;
  readonly #pubSub: PubSub;
  #messages = 0;
  #bytes = 0;

  constructor(connection: Connection, settings: TransportSettings, pubSub: PubSub) {
    this.#connection = connection;
    this.#settings = settings;
    this.#pubSub = pubSub;
  }

  /** The number of receivers, in the words of Redis. */
  publish(channel: string, frame: Buffer): Promise<number> {
    const bytes = frame.length;
    const refusal = this.#refusal(bytes);
    if (refusal !== undefined) return Promise.reject(new PublishError('rejected', refusal));
    this.#messages++;
    this.#bytes += bytes;
    const taken = (receivers: number) => {
      this.#answered(bytes);
      return receivers;
    };
    const failed = (error: unknown) => {
      this.#answered(bytes);
      throw this.#failure(error);
    };
    return this.#pubSub.publish(this.#connection.gather(), this.#settings.prefix + channel, frame).then(taken, failed);
  }

  #answered(bytes: number): void {
    this.#messages--;
    this.#bytes -= bytes;
  }

  #refusal(bytes: number): string | undefined {
    const { id, connected, words } = this.#connection;
    if (!connected) return `[${id}] is not connected (${words}); it is tried again until it is back`;
    const { queuedMessages, queuedBytes } = this.#settings;
    if (this.#messages < queuedMessages && this.#bytes + bytes <= queuedBytes) return undefined;
    const waiting = `${this.#messages} messages (${this.#bytes} bytes) wait for its answer`;
    return `[${id}] is too slow: ${waiting}; the limits are ${queuedMessages} and ${queuedBytes}`;
  }

  #failure(error: unknown): PublishError {
    const { id, words } = this.#connection;
    const { publish } = this.#pubSub.names;
    if (isRefusal(error)) return new PublishError('rejected', refusal(id, publish, error));
    return new PublishError('unknown', `[${id}] the connection broke before the answer to ${publish} came (${words})`);
  }
}
