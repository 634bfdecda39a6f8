import type { Socket } from 'node:net';
import type { OutputLimit } from './limits.js';
import type { Statistics } from './statistics.js';

/**
 * The way out of one connection: whatever is written during one turn of the event loop leaves in one socket write.
 * Nothing is handed to a socket that is not draining, so what a slow reader owes is counted here, and past its limit the
 * connection is cut.
 */
export class Output {
  readonly #socket: Socket;
  readonly #statistics: Statistics;
  readonly #limit: () => OutputLimit;
  #gathered = '';
  #flushing: NodeJS.Immediate | null = null;
  #softSince: number | null = null;
  #closing = false;

  constructor(socket: Socket, statistics: Statistics, limit: () => OutputLimit) {
    this.#socket = socket;
    this.#statistics = statistics;
    this.#limit = limit;
    socket.on('drain', () => this.#flush());
  }

  /** Nothing more is taken; what comes in from the peer is no longer of interest. */
  get isClosing(): boolean {
    return this.#closing;
  }

  get unsentBytes(): number {
    return this.#gathered.length + this.#socket.writableLength;
  }

  write(bytes: string): void {
    if (this.#closing || bytes === '') return;
    this.#gathered += bytes;
    if (this.#isOverLimit()) this.#cut();
    else this.#flushing ??= setImmediate(() => this.#flush());
  }

  /** Sends what is gathered and then closes. */
  end(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#send();
    this.#socket.destroySoon();
  }

  /** Closes at once. */
  destroy(): void {
    this.#closing = true;
    this.#gathered = '';
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#socket.destroy();
  }

  #flush(): void {
    this.#flushing = null;
    if (this.#closing || this.#socket.writableNeedDrain) return;
    this.#send();
  }

  #send(): void {
    if (this.#gathered === '') return;
    this.#statistics.outputBytes += this.#gathered.length;
    this.#socket.write(this.#gathered, 'latin1');
    this.#gathered = '';
  }

  #cut(): void {
    this.#statistics.outputLimitDisconnections += 1;
    this.destroy();
  }

  #isOverLimit(): boolean {
    const { hardBytes, softBytes, softSeconds } = this.#limit();
    const unsent = this.unsentBytes;
    if (unsent > hardBytes) return true;
    if (unsent <= softBytes) this.#softSince = null;
    else this.#softSince ??= performance.now();
    return this.#softSince !== null && performance.now() - this.#softSince > softSeconds * 1000;
  }
}
