import type { Socket } from 'node:net';

/** What is written is gathered in pieces of this size; one that is handed to the socket is never touched again. */
const pieceBytes = 64 * 2 ** 10;
/** A character of a string is at most so many bytes long. */
const characterBytes = 3;
const lineEnd = '\r\n';

/** The way out of one connection: requests in RESP, those of one turn of the event loop in one write. */
export class RequestWriter {
  readonly #socket: Pick<Socket, 'write'>;
  #piece = Buffer.allocUnsafeSlow(pieceBytes);
  /** What of the piece is filled and not handed to the socket yet. */
  #from = 0;
  #to = 0;

  constructor(socket: Pick<Socket, 'write'>) {
    this.#socket = socket;
  }

  /** Any command. */
  command(words: readonly string[]): void {
    this.#text(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`, 0);
  }

  /** `opening`: all of the request that comes before the channel. */
  publish(opening: string, channel: string, frame: Buffer): void {
    const words = `${opening}$${Buffer.byteLength(channel)}\r\n${channel}\r\n$${frame.length}\r\n`;
    this.#text(words, frame.length + lineEnd.length);
    this.#piece.set(frame, this.#to);
    this.#to += frame.length;
    this.#to += this.#piece.write(lineEnd, this.#to, 'latin1');
  }

  /** Hands over all that was gathered. */
  flush(): void {
    if (this.#to === this.#from) return;
    this.#socket.write(this.#piece.subarray(this.#from, this.#to));
    this.#from = this.#to;
  }

  /** Leaves room for so many bytes behind the words. */
  #text(words: string, moreBytes: number): void {
    const mostBytes = words.length * characterBytes + moreBytes;
    if (this.#to + mostBytes > this.#piece.length) this.#renew(mostBytes);
    this.#to += this.#piece.write(words, this.#to);
  }

  #renew(bytes: number): void {
    this.flush();
    this.#piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, bytes));
    this.#from = 0;
    this.#to = 0;
  }
}
