import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Latency } from '../../src/measure/latency.js';

const path = '/socket.io/?EIO=4&transport=websocket';
const digits = { zero: 0x30, two: 0x32, three: 0x33, four: 0x34 };

/** What a client saw; one object for all clients of a load. */
export interface Tally {
  delivered: number;
  acknowledged: number;
  /** Answers other than `ok`, and closed connections: a load that has any measures something else. */
  failed: number;
  /** Of the first that failed. */
  why: string | undefined;
  /** From when it was due to the acknowledgement, at the client. */
  latency: Latency;
}

/** What a server speaks: Socket.IO, signed in by a token where it asks for one, or bare WebSocket frames that come back as they are. */
export type Speech = { readonly protocol: 'socket.io'; readonly token: string | null } | { readonly protocol: 'echo' };

/**
 * The thinnest correct client: what it costs stays out of the figures, but takes its share of the machine. All frames of a turn go out in one
 * write, under a mask of zeros, which is a mask like any other (RFC 6455, section 5.3, asks for unpredictable ones of browsers' scripts' sake).
 */
export class Client {
  readonly #tcp: Socket;
  readonly #tally: Tally;
  readonly #echo: boolean;
  #rest: Buffer = Buffer.alloc(0);
  #out: Buffer[] = [];
  #asked = 0;
  /** When what is not answered yet was to be asked, by its number. */
  readonly #dueMs = new Map<number, number>();
  #echoed = 0;
  #signedIn = () => {};
  /** Called with each acknowledgement. */
  acknowledged = () => {};

  static async connect(url: string, speech: Speech, tally: Tally): Promise<Client> {
    const { hostname, port } = new URL(url);
    const tcp = connect(Number(port), hostname).setNoDelay();
    await once(tcp, 'connect');
    tcp.write(
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    const client = new Client(tcp, tally, speech.protocol === 'echo');
    await client.#upgraded();
    if (speech.protocol === 'socket.io') await client.#signIn(speech.token);
    return client;
  }

  private constructor(tcp: Socket, tally: Tally, echo: boolean) {
    this.#tcp = tcp;
    this.#tally = tally;
    this.#echo = echo;
  }

  /** `dueMs`: when it was to be said; what waits here is late, not the system fast. */
  ask(to: string, text: string, dueMs = performance.now()): void {
    this.#dueMs.set(++this.#asked, dueMs);
    this.#write(`42${this.#asked}["message",{"to":"${to}","text":"${text}"}]`);
  }

  close(): void {
    this.#tcp.removeAllListeners('close').destroy();
  }

  async #upgraded(): Promise<void> {
    let head: Buffer = Buffer.alloc(0);
    let end = -1;
    while (end < 0) {
      const [chunk] = (await once(this.#tcp, 'data')) as [Buffer];
      head = Buffer.concat([head, chunk]);
      end = head.indexOf('\r\n\r\n');
    }
    if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`not upgraded: ${head.toString('latin1').slice(0, 100)}`);
    this.#tcp.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#tcp.on('close', () => this.#failed('a connection was closed'));
    this.#tcp.on('error', () => {});
    this.#read(head.subarray(end + 4));
  }

  #signIn(token: string | null): Promise<void> {
    const signedIn = new Promise<void>((resolve) => {
      this.#signedIn = resolve;
    });
    this.#write(`40${token === null ? '' : JSON.stringify({ token })}`);
    return signedIn;
  }

  #write(packet: string): void {
    if (this.#out.length === 0) setImmediate(() => this.#flush());
    this.#out.push(maskedFrame(packet));
  }

  #flush(): void {
    this.#tcp.write(this.#out.length === 1 ? (this.#out[0] ?? '') : Buffer.concat(this.#out));
    this.#out = [];
  }

  #read(received: Buffer): void {
    const bytes = this.#rest.length === 0 ? received : Buffer.concat([this.#rest, received]);
    let at = 0;
    for (;;) {
      if (bytes.length - at < 4) break;
      const short = bytes.readUInt8(at + 1);
      const start = at + (short < 126 ? 2 : 4);
      const end = start + (short < 126 ? short : bytes.readUInt16BE(at + 2));
      if (end > bytes.length) break;
      this.#heard(bytes, start, end);
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  #heard(bytes: Buffer, start: number, end: number): void {
    const [first, second] = [bytes[start], bytes[start + 1]];
    if (this.#echo) {
      this.#tally.delivered++;
      this.#answered(++this.#echoed);
    } else if (first === digits.two) this.#write('3');
    else if (first !== digits.four) return;
    else if (second === digits.two) this.#tally.delivered++;
    else if (second === digits.three) this.#acknowledged(bytes, start, end);
    else if (second === digits.zero) this.#signedIn();
    else this.#failed(bytes.toString('utf8', start, end));
  }

  /** `43<id>[{"ok":true,...}]` */
  #acknowledged(bytes: Buffer, start: number, end: number): void {
    const opening = bytes.indexOf('[', start);
    if (opening < end && bytes[opening + 7] === 0x74) this.#answered(Number(bytes.toString('latin1', start + 2, opening)));
    else this.#failed(bytes.toString('utf8', start, end));
  }

  #failed(why: string): void {
    this.#tally.failed++;
    this.#tally.why ??= why;
  }

  #answered(number: number): void {
    this.#tally.acknowledged++;
    const dueMs = this.#dueMs.get(number);
    if (dueMs === undefined) throw new Error(`number ${number} was not asked, or is answered twice`);
    this.#tally.latency.add(performance.now() - dueMs);
    this.#dueMs.delete(number);
    this.acknowledged();
  }
}

/** For packets of less than 64 KiB. */
function maskedFrame(packet: string): Buffer {
  const length = Buffer.byteLength(packet);
  const headLength = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(headLength + length);
  frame[0] = 0x81;
  frame[1] = 0x80 | Math.min(length, 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.write(packet, headLength);
  return frame;
}
