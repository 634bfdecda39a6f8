import { createHash, randomBytes } from 'node:crypto';
import type { Address } from './address.js';

/** As Node's HTTP has it. */
const headBytesMax = 16 * 1024;
const headEnd = '\r\n\r\n';
/** Section 1.3 of RFC 6455. */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The HTTP request that turns a TCP connection into a WebSocket, and the check of its answer (RFC 6455, section 4.1). */
export class Upgrade {
  readonly request: string;
  readonly #accept: string;
  #head = '';

  constructor({ authority, path }: Address) {
    const key = randomBytes(16).toString('base64');
    this.#accept = createHash('sha1').update(`${key}${guid}`).digest('base64');
    this.request = [
      `GET ${path} HTTP/1.1`,
      `Host: ${authority}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      headEnd.slice(2),
    ].join('\r\n');
  }

  /** The bytes behind the answer, undefined while that is incomplete, or what is wrong with it, in the words of Node and `ws`. */
  read(bytes: Buffer): Buffer | Error | undefined {
    const before = this.#head.length;
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf(headEnd, Math.max(0, before - headEnd.length));
    if (end > headBytesMax || (end < 0 && this.#head.length > headBytesMax)) return new Error('Parse Error: Header overflow');
    if (end < 0) return undefined;
    const objection = this.#objection(this.#head.slice(0, end));
    return objection !== undefined ? new Error(objection) : bytes.subarray(end + headEnd.length - before);
  }

  #objection(head: string): string | undefined {
    const [status = '', ...lines] = head.split('\r\n');
    const code = /^HTTP\/1\.[01] ([0-9]{3})(?: |$)/.exec(status)?.[1];
    if (code === undefined) return 'Parse Error: Expected HTTP/';
    if (!lines.every((line) => line.indexOf(':') > 0)) return 'Parse Error: Invalid header token';
    const headers = new Map(lines.map(headerOf));
    const connection = headers.get('connection')?.toLowerCase().split(/[ ,]+/) ?? [];
    if (code !== '101' || !connection.includes('upgrade')) return `Unexpected server response: ${code}`;
    if (headers.get('upgrade')?.toLowerCase() !== 'websocket') return 'Invalid Upgrade header';
    if (headers.get('sec-websocket-accept') !== this.#accept) return 'Invalid Sec-WebSocket-Accept header';
    if (headers.has('sec-websocket-protocol')) return 'Server sent a subprotocol but none was requested';
    if (headers.has('sec-websocket-extensions')) return 'Server sent a Sec-WebSocket-Extensions header but no extension was requested';
    return undefined;
  }
}

function headerOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
