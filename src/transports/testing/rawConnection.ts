import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection that keeps every byte it gets, as latin1. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  #changed = () => {};
  readonly #closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.on('close', () => resolve()));
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#changed();
    });
    socket.on('close', () => this.#changed());
    // A connection that the server cuts while it is being written to ends with an error; the tests look at 'close'.
    socket.on('error', () => {});
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  get received(): string {
    return this.#received;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === 'open';
  }

  send(bytes: string): void {
    this.#socket.write(bytes, 'latin1');
  }

  /** Sends no more, but goes on reading. */
  finish(): void {
    this.#socket.end();
  }

  /** Stops reading, as a hung client would. */
  pause(): void {
    this.#socket.pause();
  }

  /** Resolves when the marker has come in, rejects when the connection ends before. */
  async until(marker: string): Promise<string> {
    while (!this.#received.includes(marker)) {
      if (!this.isOpen) throw new Error(`connection ended before ${JSON.stringify(marker)} came; it got ${JSON.stringify(this.#received)}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    return this.#received;
  }

  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  /** What has come in so far; from now on only later bytes count. */
  take(): string {
    const received = this.#received;
    this.#received = '';
    return received;
  }

  close(): void {
    this.#socket.destroy();
  }
}

export function encodeRequest(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}
