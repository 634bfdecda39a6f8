/*
 * What travels over a connection to a hub or a node, in both directions alike, all numbers little endian:
 *
 *   length   4 bytes, of everything after it
 *   type     1 byte
 *   number   4 bytes; an answer repeats that of its request; 0: nobody waits for an answer
 *   payload  by the type
 */
export const frameTypes = {
  hello: 1,
  answer: 2,
  /** The request had no effect; the payload says why. */
  refusal: 3,
  publish: 4,
  /** What was published, on its way to a subscriber. */
  message: 5,
  subscribe: 6,
  unsubscribe: 7,
  ping: 8,
  tell: 9,
  ask: 10,
  copy: 11,
  counters: 12,
} as const;

export interface Frame {
  /** One of `frameTypes`, or anything else that a stranger sent. */
  readonly type: number;
  readonly number: number;
  readonly payload: Buffer;
}

const lengthBytes = 4;
const headBytes = 1 + 4;
const nothing = Buffer.alloc(0);

export function encodeFrameOf(type: number, number: number, payload: Buffer = nothing): Buffer {
  const bytes = withHead(type, number, payload.length);
  bytes.set(payload, lengthBytes + headBytes);
  return bytes;
}

/** The payload of `publish` and `message`: a channel, then bytes that only the nodes understand. */
export function encodeAddressed(type: number, number: number, channel: string, body: Buffer): Buffer {
  const channelBytes = Buffer.byteLength(channel);
  if (channelBytes > 0xffff) throw new RangeError(`a channel of ${channelBytes} bytes is too long; at most 65535 go into one frame`);
  const bytes = withHead(type, number, 2 + channelBytes + body.length);
  const at = bytes.writeUInt16LE(channelBytes, lengthBytes + headBytes);
  bytes.write(channel, at, 'utf8');
  bytes.set(body, at + channelBytes);
  return bytes;
}

/** Undefined for what is no channel and body. The body is a part of the payload, not a copy. */
export function decodeAddressed(payload: Buffer): { readonly channel: string; readonly body: Buffer } | undefined {
  if (payload.length < 2) return undefined;
  const bodyAt = 2 + payload.readUInt16LE(0);
  if (bodyAt > payload.length) return undefined;
  return { channel: payload.toString('utf8', 2, bodyAt), body: payload.subarray(bodyAt) };
}

function withHead(type: number, number: number, payloadBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(lengthBytes + headBytes + payloadBytes);
  bytes.writeUInt32LE(headBytes + payloadBytes, 0);
  bytes[lengthBytes] = type;
  bytes.writeUInt32LE(number, lengthBytes + 1);
  return bytes;
}

/** What came is none of ours: the end of the connection that it came over. */
export class Junk extends Error {}

/** Cuts a stream of bytes into frames, wherever the chunks begin and end. Keeps no more than one unfinished frame within the limit. */
export class FrameReader {
  /** Longest frame, without its length. */
  limitBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #needed = lengthBytes;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** The next complete frame; undefined until more bytes come. Throws a Junk as soon as a length shows that there is none. */
  next(): Frame | undefined {
    if (this.#bytes < this.#needed) return undefined;
    const bytes = this.#joined();
    const length = bytes.readUInt32LE(0);
    if (length < headBytes || length > this.limitBytes)
      throw new Junk(`a frame of ${length} bytes; between ${headBytes} and ${this.limitBytes} are expected`);
    const end = lengthBytes + length;
    if (bytes.length < end) {
      this.#needed = end;
      return undefined;
    }
    this.#keep(bytes.subarray(end));
    return {
      type: bytes.readUInt8(lengthBytes),
      number: bytes.readUInt32LE(lengthBytes + 1),
      payload: bytes.subarray(lengthBytes + headBytes, end),
    };
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    const bytes = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
    this.#needed = lengthBytes;
  }
}
