import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { within } from '../../transports/within.js';
import { textFrame } from './frames.js';

const target = '/socket.io/?EIO=4&transport=websocket';

/** A client over plain TCP: it sends whatever bytes it is told to, and keeps what it was sent. */
export class PlainClient {
  readonly tcp: Socket;
  /** The head of the answer to the upgrade, then every frame: texts as they are, a close as `close 1002`, others by their opcode. */
  readonly heard: string[] = [];
  #rest = Buffer.alloc(0);
  #upgraded = false;
  /** Ids of its own, unlike those of tests. */
  #asked = 900_000;
  #noticed = () => {};
  closed = false;

  static async connect(url: string, headers: readonly string[] = []): Promise<PlainClient> {
    const client = PlainClient.dial(url);
    client.tcp.write(client.request(new URL(url), headers));
    await client.until(() => client.heard.length > 0);
    return client;
  }

  /** Without a word. */
  static dial(url: string): PlainClient {
    const { hostname, port } = new URL(url);
    return new PlainClient(connect(Number(port), hostname).setNoDelay());
  }

  /** Signed in, and past everything that this brings. */
  static async signedIn(url: string, token: string): Promise<PlainClient> {
    const client = await PlainClient.connect(url);
    client.say(`40${JSON.stringify({ token })}`);
    await client.until(() => client.heard.some((text) => text.startsWith('40')));
    client.heard.length = 0;
    return client;
  }

  private constructor(tcp: Socket) {
    this.tcp = tcp;
    tcp.on('data', (bytes: Buffer) => this.#read(bytes));
    tcp.on('error', () => {});
    tcp.on('close', () => {
      this.closed = true;
      this.#noticed();
    });
  }

  request({ host }: URL, headers: readonly string[]): string {
    const own = [`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
    return [...own, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', ...headers, '', ''].join('\r\n');
  }

  /** Text frames, in one write. */
  say(...texts: readonly string[]): void {
    this.send(...texts.map(textFrame));
  }

  /** In one write. */
  send(...bytes: readonly Buffer[]): void {
    this.tcp.write(Buffer.concat(bytes));
  }

  /** Each in a write of its own, which the other side has read before the next: it is one process with this one. */
  async sendApart(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) {
      await new Promise((resolve) => this.tcp.write(piece, resolve));
      await turnsOfTheLoop(3);
    }
  }

  /** Until the node has answered what came before, or has closed the connection. */
  async over(): Promise<readonly string[]> {
    const answer = `43${++this.#asked}[`;
    if (this.tcp.writable) this.say(`42${this.#asked}["sync",{}]`);
    await this.until(() => this.closed || this.heard.some((text) => text.startsWith(answer)));
    return this.heard.filter((text) => !/^439\d{5}\[/.test(text));
  }

  async until(condition: () => boolean): Promise<void> {
    const seen = (async () => {
      while (!condition()) await new Promise<void>((resolve) => (this.#noticed = resolve));
    })();
    await within(10_000, seen, () => new Error(`waited in vain; heard: ${this.heard.join(' | ').slice(0, 500)}`));
  }

  async gone(): Promise<void> {
    if (!this.closed) await once(this.tcp, 'close');
  }

  close(): void {
    this.tcp.destroy();
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (!this.#upgraded) this.#readHead();
    while (this.#upgraded && this.#readFrame());
    this.#noticed();
  }

  #readHead(): void {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return;
    this.heard.push(this.#rest.toString('latin1', 0, end));
    this.#rest = this.#rest.subarray(end + 4);
    this.#upgraded = this.heard[0]?.startsWith('HTTP/1.1 101') === true;
  }

  #readFrame(): boolean {
    const [first, short] = this.#rest;
    if (first === undefined || short === undefined) return false;
    const start = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (this.#rest.length < start) return false;
    const length = short < 126 ? short : short === 126 ? this.#rest.readUInt16BE(2) : Number(this.#rest.readBigUInt64BE(2));
    if (this.#rest.length < start + length) return false;
    this.heard.push(inWords(first, this.#rest.subarray(start, start + length)));
    this.#rest = this.#rest.subarray(start + length);
    // As every client does that was told to go.
    if (first === 0x88) this.tcp.end();
    return true;
  }
}

/** Texts with a byte that is not UTF-8 would not be equal to what they should be. */
function inWords(first: number, payload: Buffer): string {
  if (first === 0x81) return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  if (first === 0x88) return `close ${payload.length < 2 ? '' : payload.readUInt16BE(0)}`;
  return `frame ${first.toString(16)} of ${payload.length}`;
}

async function turnsOfTheLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
