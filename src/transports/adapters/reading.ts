import { EventEmitter, once } from 'node:events';
import { wordsOf } from '../../error.js';
import type { RedisClient } from './clients.js';

/** How far a node has read the stream, and how far there is something to read. */
export class Reading {
  readonly #asking: RedisClient;
  readonly #stream: string;
  readonly #events = new EventEmitter();
  #reader: number | undefined;
  #last = '0-0';

  constructor(asking: RedisClient, stream: string) {
    this.#asking = asking;
    this.#stream = stream;
  }

  /** One XREAD. Before the first, the broker's name for this connection is noted. */
  async read<T>(client: RedisClient, give: () => Promise<T>): Promise<T> {
    if (this.#reader === undefined) {
      this.#reader = await client.clientId();
      this.#events.emit('reader');
    }
    return give();
  }

  took(id: string): void {
    this.#last = id;
    this.#events.emit('took');
  }

  /** Resolves when the broker says that the reader waits for entries: the adapter reads from then on, and misses what came before. */
  async begun(): Promise<void> {
    if (this.#reader === undefined) await once(this.#events, 'reader');
    while (!(await this.#waits())) {
      // The answer took a round trip; the reader's first XREAD is on its way meanwhile.
    }
    this.#last = await this.#end();
  }

  /** Resolves when every entry that the stream has by now was read. */
  async caughtUp(): Promise<void> {
    const end = await this.#end();
    while (isBefore(this.#last, end)) await once(this.#events, 'took');
  }

  async #waits(): Promise<boolean> {
    const line = String(await this.#asking.sendCommand(['CLIENT', 'LIST', 'ID', String(this.#reader)]));
    return / flags=\w*b/.test(line);
  }

  /** The stream does not exist before its first entry. */
  async #end(): Promise<string> {
    try {
      return String((await this.#asking.xInfoStream(this.#stream))['last-generated-id']);
    } catch (error) {
      if (wordsOf(error).includes('no such key')) return '0-0';
      throw error;
    }
  }
}

/** Ids are `<milliseconds>-<number>`. */
function isBefore(one: string, other: string): boolean {
  const [time = 0, number = 0] = one.split('-').map(Number);
  const [otherTime = 0, otherNumber = 0] = other.split('-').map(Number);
  return time < otherTime || (time === otherTime && number < otherNumber);
}
