import { isUtf8 } from 'node:buffer';
import { closeCodes, FrameError, length16, messageBytesMax, opcodes } from './frames.js';

/** What a server's bytes say. Buffers are only lent: they are overwritten after the call. */
export interface Frames {
  onText(text: string): void;
  onBinary(): void;
  onPing(payload: Buffer): void;
  /** 1005: without a code. Nothing is read after it. */
  onClose(code: number): void;
}

/** Of a message that comes in several frames. */
interface Fragments {
  readonly opcode: number;
  readonly parts: Buffer[];
  bytes: number;
}

const incomplete = -1;
const replacement = '\uFFFD';

/** Takes a server's WebSocket frames out of a stream that is cut and merged anywhere (RFC 6455). Holds nothing while no frame is incomplete. */
export class FrameReader {
  readonly #frames: Frames;
  /** The beginning of a frame whose end has not come. */
  #held: Buffer | undefined;
  #heldBytes = 0;
  #fragments: Fragments | undefined;
  #over = false;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  /** The bytes are only lent. Throws a FrameError where they break the protocol. */
  read(bytes: Buffer): void {
    const unread = this.#held === undefined ? bytes : this.#append(this.#held, bytes);
    let at = 0;
    while (!this.#over && at < unread.length) {
      const end = this.#frame(unread, at);
      if (end === incomplete) break;
      at = end;
    }
    this.#hold(unread, at);
  }

  /** Whatever comes is ignored from now on, the rest of what is being read included. */
  stop(): void {
    this.#over = true;
  }

  /** Doubles, so that a long frame in many pieces is copied twice at most. */
  #append(held: Buffer, bytes: Buffer): Buffer {
    const size = this.#heldBytes + bytes.length;
    let room = held;
    if (size > held.length) {
      room = Buffer.allocUnsafeSlow(Math.max(size, held.length * 2));
      held.copy(room, 0, 0, this.#heldBytes);
    }
    bytes.copy(room, this.#heldBytes);
    this.#held = room;
    this.#heldBytes = size;
    return room.subarray(0, size);
  }

  #hold(unread: Buffer, at: number): void {
    if (this.#over || at === unread.length) this.#held = undefined;
    else if (at > 0 || this.#held === undefined) this.#held = Buffer.from(unread.subarray(at));
    this.#heldBytes = this.#held === undefined ? 0 : unread.length - at;
  }

  /** Reads one frame; returns where it ends. */
  #frame(bytes: Buffer, at: number): number {
    if (bytes.length < at + 2) return incomplete;
    const first = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    this.#check(first, short);
    let start = at + 2;
    let length = short;
    if (short >= length16) {
      start += short === length16 ? 2 : 8;
      if (bytes.length < start) return incomplete;
      length = short === length16 ? bytes.readUInt16BE(at + 2) : longLength(bytes, at + 2);
    }
    this.#checkSize(first, length);
    const end = start + length;
    if (bytes.length < end) return incomplete;
    this.#take(first, bytes, start, end);
    return end;
  }

  #check(first: number, short: number): void {
    if ((first & 0x70) !== 0) throw broken('reserved bits must be clear');
    if ((short & 0x80) !== 0) throw broken('MASK must be clear');
    const opcode = first & 0x0f;
    if (opcode >= opcodes.close) checkControl(opcode, first, short);
    else if (opcode > opcodes.binary || (opcode === opcodes.continuation) !== (this.#fragments !== undefined))
      throw broken(`invalid opcode ${opcode}`);
  }

  #checkSize(first: number, length: number): void {
    if ((first & 0x0f) < opcodes.close && length + (this.#fragments?.bytes ?? 0) > messageBytesMax)
      throw new FrameError(closeCodes.tooBig, 'Max payload size exceeded');
  }

  #take(first: number, bytes: Buffer, start: number, end: number): void {
    const opcode = first & 0x0f;
    const last = (first & 0x80) !== 0;
    if (opcode === opcodes.text && last) this.#frames.onText(textOf(bytes, start, end));
    else if (opcode === opcodes.close) this.#close(bytes, start, end);
    else if (opcode === opcodes.ping) this.#frames.onPing(bytes.subarray(start, end));
    else if (opcode !== opcodes.pong) this.#fragment(opcode, bytes.subarray(start, end), last);
  }

  #fragment(opcode: number, part: Buffer, last: boolean): void {
    const message = this.#fragments ?? { opcode, parts: [], bytes: 0 };
    message.parts.push(last ? part : Buffer.from(part));
    message.bytes += part.length;
    this.#fragments = last ? undefined : message;
    if (!last) return;
    const whole = Buffer.concat(message.parts, message.bytes);
    if (message.opcode === opcodes.text) this.#frames.onText(textOf(whole, 0, whole.length));
    else this.#frames.onBinary();
  }

  #close(bytes: Buffer, start: number, end: number): void {
    if (end - start === 1) throw broken('invalid payload length 1');
    const code = end === start ? closeCodes.none : bytes.readUInt16BE(start);
    if (end > start && !isCloseCode(code)) throw broken(`invalid status code ${code}`);
    textOf(bytes, Math.min(start + 2, end), end);
    this.#over = true;
    this.#frames.onClose(code);
  }
}

function checkControl(opcode: number, first: number, short: number): void {
  if (opcode > opcodes.pong) throw broken(`invalid opcode ${opcode}`);
  if ((first & 0x80) === 0) throw broken('FIN must be set');
  if (short >= length16) throw broken(`invalid payload length ${short}`);
}

function longLength(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
  if (length > Number.MAX_SAFE_INTEGER) throw new FrameError(closeCodes.tooBig, 'unsupported payload length > 2^53 - 1');
  return length;
}

/** Decoding puts U+FFFD in place of what is no UTF-8, so only a text that holds one needs a second look. */
function textOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (text.includes(replacement) && !isUtf8(bytes.subarray(start, end)))
    throw new FrameError(closeCodes.notText, 'Invalid WebSocket frame: invalid UTF-8 sequence');
  return text;
}

/** Those that may stand in a close frame (section 7.4). */
function isCloseCode(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}

function broken(what: string): FrameError {
  return new FrameError(closeCodes.protocolError, `Invalid WebSocket frame: ${what}`);
}
