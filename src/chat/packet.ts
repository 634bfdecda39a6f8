import { isUtf8 } from 'node:buffer';
import { frameLengthOf, openFrame } from './engine/serverFrame.js';

/**
 * A complete Socket.IO packet: as text for Socket.IO's layers, as a WebSocket frame for what goes beside them.
 * What is worked out for one socket serves all.
 */
export class Packet {
  #body: Buffer | undefined;
  #text: string | undefined;
  /** Of the packet; negative: not counted yet. */
  #length = -1;

  private constructor(body: Buffer | undefined, text: string | undefined) {
    this.#body = body;
    this.#text = text;
  }

  /** The body of a message, as nodes publish it. */
  static ofBody(body: Buffer): Packet {
    return new Packet(body, undefined);
  }

  static ofText(text: string): Packet {
    return new Packet(undefined, text);
  }

  get text(): string {
    this.#text ??= this.#body?.toString('utf8') ?? '';
    return this.#text;
  }

  get frameLength(): number {
    return frameLengthOf(this.#counted());
  }

  /** Returns where the frame ends. */
  writeFrame(into: Buffer, at: number): number {
    const length = this.#counted();
    const start = openFrame(into, at, length);
    if (this.#body !== undefined) this.#body.copy(into, start);
    else into.write(this.text, start, length === this.text.length ? 'latin1' : 'utf8');
    return start + length;
  }

  /** A client closes its connection at a frame that is not UTF-8: what came broken from a broker is mended as in `text`. */
  #counted(): number {
    if (this.#length >= 0) return this.#length;
    if (this.#body !== undefined && !isUtf8(this.#body)) {
      this.#text = this.text;
      this.#body = undefined;
    }
    this.#length = this.#body?.length ?? Buffer.byteLength(this.text);
    return this.#length;
  }
}
