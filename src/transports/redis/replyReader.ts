/** What a Redis answers in RESP2, its older protocol. Strings of known length stay bytes: a part of what was read, not a copy. */
export type Reply = string | number | Buffer | null | Refusal | readonly Reply[];

/** The server said no: the command had no effect. */
export class Refusal extends Error {}

/** Bytes that are no RESP2, or more than any answer here may hold: nothing after them on the connection can be understood. */
export class ProtocolError extends Error {}

export interface ReplyListener {
  reply(reply: Reply): void;
  /** A message of a channel that is subscribed to; both are parts of what was read. */
  message(channel: Buffer, bytes: Buffer): void;
}

/**
 * More than these is taken for a server that is none. A Redis cuts a listener for which more than 32 MB wait, so no message of a channel is longer;
 * the longest list and the deepest one are in the answer to HELLO.
 */
export const replyLimits = { bulkBytes: 64 * 2 ** 20, lineBytes: 64 * 2 ** 10, listItems: 1_024, listDepth: 4 } as const;

const [carriageReturn, lineFeed, minus, zero, nine] = [13, 10, 45, 48, 57];
const [plus, colon, dollar, asterisk] = [43, 58, 36, 42];
const openings = ['message', 'smessage'].map((word) => Buffer.from(`*3\r\n$${word.length}\r\n${word}\r\n$`));
const nothing = Buffer.alloc(0);
/** Stands for a reply of which more bytes must come. */
const incomplete = Symbol('incomplete');
type Incomplete = typeof incomplete;

/** Turns the bytes of one connection into replies and messages, however they were cut. */
export class ReplyReader {
  readonly #listener: ReplyListener;
  #bytes: Buffer = nothing;
  #at = 0;
  /** What came and cannot be read yet: it is joined once there is as much as is needed. */
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #neededBytes = 0;

  constructor(listener: ReplyListener) {
    this.#listener = listener;
  }

  /** Throws a ProtocolError; whatever was whole before that has been handed on. */
  push(bytes: Buffer): void {
    if (this.#keptBytes > 0) {
      this.#keep(bytes);
      if (this.#keptBytes < this.#neededBytes) return;
      this.#bytes = Buffer.concat(this.#kept, this.#keptBytes);
      this.#forget();
    } else this.#bytes = bytes;
    this.#at = 0;
    this.#readAll();
  }

  #readAll(): void {
    while (this.#at < this.#bytes.length) {
      const from = this.#at;
      this.#neededBytes = 0;
      if (this.#readMessage()) continue;
      this.#at = from;
      const reply = this.#read(0);
      if (reply === incomplete) {
        this.#keep(this.#bytes.subarray(from));
        this.#neededBytes -= from;
        break;
      }
      this.#listener.reply(reply);
    }
    this.#bytes = nothing;
  }

  #keep(bytes: Buffer): void {
    this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** The shortest way for what comes most: `*3 $7 message $n channel $n bytes`. False: it is something else, or not whole. */
  #readMessage(): boolean {
    if (this.#bytes[this.#at] !== asterisk) return false;
    const opening = openings.find((words) => this.#begins(words));
    if (opening === undefined) return false;
    this.#at += opening.length;
    const channel = this.#readBulk();
    if (!(channel instanceof Buffer) || this.#bytes[this.#at++] !== dollar) return false;
    const bytes = this.#readBulk();
    if (!(bytes instanceof Buffer)) return false;
    this.#listener.message(channel, bytes);
    return true;
  }

  #begins(words: Buffer): boolean {
    for (let index = 0; index < words.length; index++) if (this.#bytes[this.#at + index] !== words[index]) return false;
    return true;
  }

  #read(depth: number): Reply | Incomplete {
    const type = this.#bytes[this.#at++];
    switch (type) {
      case undefined:
        return incomplete;
      case colon:
        return this.#readNumber();
      case dollar:
        return this.#readBulk();
      case plus:
        return this.#readLine();
      case minus: {
        const line = this.#readLine();
        return line === incomplete ? incomplete : new Refusal(line);
      }
      case asterisk:
        return this.#readList(depth);
      default:
        throw new ProtocolError(`a reply begins with the byte ${type}, which is no RESP2`);
    }
  }

  #readList(depth: number): Reply | Incomplete {
    const length = this.#readNumber();
    if (length === incomplete) return incomplete;
    if (length === -1) return null;
    if (length < 0 || length > replyLimits.listItems)
      throw new ProtocolError(`a list of ${length} items; 0 to ${replyLimits.listItems} are read`);
    if (depth >= replyLimits.listDepth) throw new ProtocolError(`lists within lists, more than ${replyLimits.listDepth} deep`);
    const items: Reply[] = [];
    while (items.length < length) {
      const item = this.#read(depth + 1);
      if (item === incomplete) return incomplete;
      items.push(item);
    }
    return items;
  }

  #readBulk(): Buffer | null | Incomplete {
    const length = this.#readNumber();
    if (length === incomplete) return incomplete;
    if (length === -1) return null;
    if (length < 0 || length > replyLimits.bulkBytes)
      throw new ProtocolError(`a string of ${length} bytes; 0 to ${replyLimits.bulkBytes} are read`);
    const from = this.#at;
    const to = from + length;
    if (this.#bytes.length < to + 2) {
      this.#neededBytes = to + 2;
      return incomplete;
    }
    if (this.#bytes[to] !== carriageReturn || this.#bytes[to + 1] !== lineFeed)
      throw new ProtocolError(`a string does not end after its ${length} bytes`);
    this.#at = to + 2;
    return this.#bytes.subarray(from, to);
  }

  /** A whole number, as long as it is exact, and the end of its line. */
  #readNumber(): number | Incomplete {
    const bytes = this.#bytes;
    let at = this.#at;
    const negative = bytes[at] === minus;
    if (negative) at++;
    const from = at;
    let value = 0;
    for (let byte = bytes[at]; byte !== undefined && byte >= zero && byte <= nine; byte = bytes[++at]) {
      value = value * 10 + byte - zero;
      if (at - from >= 15) throw new ProtocolError('a number has more than 15 digits');
    }
    if (at === bytes.length) return incomplete;
    if (at === from || bytes[at] !== carriageReturn) throw new ProtocolError(`the byte ${bytes[at]} stands where a digit belongs`);
    if (at + 1 === bytes.length) return incomplete;
    if (bytes[at + 1] !== lineFeed) throw new ProtocolError('a number does not end with its line');
    this.#at = at + 2;
    return negative ? 0 - value : value;
  }

  #readLine(): string | Incomplete {
    const from = this.#at;
    const end = this.#bytes.indexOf(carriageReturn, from);
    const length = (end === -1 ? this.#bytes.length : end) - from;
    if (length > replyLimits.lineBytes) throw new ProtocolError(`a line of more than ${replyLimits.lineBytes} bytes`);
    if (end === -1 || end + 1 === this.#bytes.length) return incomplete;
    if (this.#bytes[end + 1] !== lineFeed) throw new ProtocolError('a line has a carriage return in it');
    this.#at = end + 2;
    return this.#bytes.toString('utf8', from, end);
  }
}
