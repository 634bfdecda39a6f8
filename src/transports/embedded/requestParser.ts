import { splitInline } from './inline.js';
import { type Limits, wordOverheadBytes } from './limits.js';
import { strictInteger } from './number.js';

/** Bytes that are no RESP: the connection gets the message as an error and is closed, as in Redis. */
export class ProtocolError extends Error {}

/** The peer sent more than one request may hold: it is closed without an answer, as in Redis. */
export class RequestTooLarge extends Error {}

const carriageReturn = 13;
const asterisk = 42;
const dollar = 36;

/**
 * Turns the bytes of one connection into requests, however they were cut into chunks. Bytes are held as latin1 strings
 * (one character is one byte), so joining and cutting is cheap and nothing is ever decoded.
 * Source: `processMultibulkBuffer` and `processInlineBuffer` in Redis 7.0 `networking.c`.
 */
export class RequestParser {
  readonly #limits: Limits;
  #text = '';
  #position = 0;
  /** Do not look at the text again before it has this many unread bytes: a large argument is joined once, at its end. */
  #needed = 1;
  #words: string[] = [];
  #wordsMissing = 0;
  #wordBytes = 0;
  #bulkLength: number | null = null;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  push(chunk: string): void {
    this.#text = this.#text.slice(this.#position) + chunk;
    this.#position = 0;
  }

  /** The next complete request (never empty), or null when more bytes are needed. */
  next(): string[] | null {
    while (this.#unread >= this.#needed) {
      const words = this.#wordsMissing > 0 ? this.#continueArray() : this.#startRequest();
      if (words === null) break;
      if (words.length > 0) return words;
    }
    if (this.#unread === 0) this.#forgetText();
    this.#boundUnfinished();
    return null;
  }

  get #unread(): number {
    return this.#text.length - this.#position;
  }

  /** An idle connection keeps no chunk alive. */
  #forgetText(): void {
    this.#text = '';
    this.#position = 0;
  }

  #boundUnfinished(): void {
    if (this.#wordBytes + this.#unread > this.#limits.requestBytes) throw new RequestTooLarge();
  }

  #startRequest(): string[] | null {
    return this.#text.charCodeAt(this.#position) === asterisk ? this.#startArray() : this.#inline();
  }

  #inline(): string[] | null {
    const end = this.#text.indexOf('\n', this.#position);
    if (end < 0) return this.#awaitLine('too big inline request');
    const line = this.#text.slice(this.#position, end);
    this.#position = end + 1;
    this.#needed = 1;
    const words = splitInline(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (words === null) throw new ProtocolError('unbalanced quotes in request');
    return words;
  }

  #startArray(): string[] | null {
    const line = this.#line('too big mbulk count string');
    if (line === null) return null;
    const count = strictInteger(line.slice(1));
    if (count === null || count > this.#limits.argumentCount) throw new ProtocolError('invalid multibulk length');
    this.#wordsMissing = Math.max(count, 0);
    return this.#wordsMissing === 0 ? [] : this.#continueArray();
  }

  #continueArray(): string[] | null {
    while (this.#wordsMissing > 0) {
      this.#bulkLength ??= this.#readBulkLength();
      if (this.#bulkLength === null || !this.#readBulk(this.#bulkLength)) return null;
    }
    const words = this.#words;
    this.#words = [];
    this.#wordBytes = 0;
    return words;
  }

  #readBulkLength(): number | null {
    const start = this.#position;
    const line = this.#line('too big bulk count string');
    if (line === null) return null;
    if (this.#text.charCodeAt(start) !== dollar) throw new ProtocolError(`expected '$', got '${this.#text.charAt(start)}'`);
    const length = strictInteger(line.slice(1));
    if (length === null || length < 0 || length > this.#limits.bulkBytes) throw new ProtocolError('invalid bulk length');
    return length;
  }

  #readBulk(length: number): boolean {
    const end = this.#position + length;
    if (this.#text.length < end + 2) {
      this.#needed = length + 2;
      return false;
    }
    this.#words.push(this.#text.slice(this.#position, end));
    this.#wordBytes += length + wordOverheadBytes;
    this.#wordsMissing -= 1;
    this.#position = end + 2;
    this.#bulkLength = null;
    this.#needed = 1;
    return true;
  }

  /** The line up to the next carriage return; like Redis it takes any byte for the line feed. */
  #line(tooLong: string): string | null {
    const text = this.#text;
    let end = this.#position;
    while (end < text.length && text.charCodeAt(end) !== carriageReturn) end += 1;
    if (end === text.length) return this.#awaitLine(tooLong);
    if (end + 2 > text.length) return this.#awaitMore();
    const line = text.slice(this.#position, end);
    this.#position = end + 2;
    this.#needed = 1;
    return line;
  }

  #awaitLine(tooLong: string): null {
    if (this.#unread > this.#limits.lineBytes) throw new ProtocolError(tooLong);
    return this.#awaitMore();
  }

  #awaitMore(): null {
    this.#needed = this.#unread + 1;
    return null;
  }
}
