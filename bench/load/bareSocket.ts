import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { plainTurns } from '../../src/transports/turns.js';

/** Everybody who is connected. */
export interface Town {
  readonly sockets: Map<string, BareSocket>;
  messages: number;
}

const open = '0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":60000,"maxPayload":1000000}';
const message = /^42([0-9]+)\["message",\{"to":"(\w+)",("text":"[^"\\]*")\}\]$/;

/**
 * As little of a chat server as a well-behaved client needs, for frames under 64 KiB: one regular expression, and one write per socket and turn
 * of the event loop, as the chat node has it. It trusts its client and is no server for anything but this bench.
 */
export class BareSocket {
  readonly #socket: Socket;
  readonly #town: Town;
  readonly #userOf: (token: string) => string;
  #user = '';
  #held: Buffer | undefined;
  #unsent = '';
  readonly #flush = () => {
    if (this.#socket.writable) this.#socket.write(this.#unsent, 'latin1');
    this.#unsent = '';
  };

  constructor(socket: Socket, key: string, town: Town, userOf: (token: string) => string) {
    this.#socket = socket;
    this.#town = town;
    this.#userOf = userOf;
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#read(this.#held === undefined ? bytes : Buffer.concat([this.#held, bytes])));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => town.sockets.delete(this.#user));
    this.push(open);
  }

  push(text: string): void {
    if (this.#unsent === '') plainTurns.atEnd(this.#flush);
    const { length } = text;
    this.#unsent +=
      length < 126 ? `\x81${String.fromCharCode(length)}${text}` : `\x81\x7e${String.fromCharCode(length >> 8, length & 255)}${text}`;
  }

  #read(bytes: Buffer): void {
    let at = 0;
    for (let end = endOf(bytes, at); end <= bytes.length; end = endOf(bytes, at)) {
      this.#frame(bytes, at, end);
      at = end;
    }
    this.#held = at < bytes.length ? bytes.subarray(at) : undefined;
  }

  #frame(bytes: Buffer, at: number, end: number): void {
    if (((bytes[at] ?? 0) & 0x0f) === 8) {
      this.#socket.end(Buffer.of(0x88, 0));
      return;
    }
    const start = at + (((bytes[at + 1] ?? 0) & 127) === 126 ? 8 : 6);
    for (let index = start; index < end; index++) bytes[index] = (bytes[index] ?? 0) ^ (bytes[start - 4 + ((index - start) & 3)] ?? 0);
    this.#packet(bytes.toString('latin1', start, end));
  }

  #packet(text: string): void {
    const [, id, to, said] = message.exec(text) ?? [];
    if (id !== undefined && to !== undefined) {
      const number = ++this.#town.messages;
      this.#town.sockets.get(to)?.push(`42["message",{"id":"b-${number}","from":"${this.#user}","to":"${to}",${said}}]`);
      this.push(`43${id}[{"ok":true,"id":"b-${number}"}]`);
    } else if (text.startsWith('40')) this.#signIn((JSON.parse(text.slice(2)) as { token: string }).token);
    else if (text.startsWith('42')) this.push(`43${Number.parseInt(text.slice(2), 10)}[{"ok":true}]`);
  }

  #signIn(token: string): void {
    this.#user = this.#userOf(token);
    this.#town.sockets.set(this.#user, this);
    this.push(`40{"sid":"${this.#user}"}`);
  }
}

/** Where the masked frame there ends; infinite while its header is incomplete. */
function endOf(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length) return Infinity;
  const short = (bytes[at + 1] ?? 0) & 127;
  if (short < 126) return at + 6 + short;
  return at + 4 > bytes.length ? Infinity : at + 8 + bytes.readUInt16BE(at + 2);
}
