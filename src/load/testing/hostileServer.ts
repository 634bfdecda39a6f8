import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** One client as the server has it: the `ws` package reads what the client writes, the test writes what it likes. */
export interface Victim {
  readonly tcp: Socket;
  readonly webSocket: WebSocket;
  /** Every text frame of the client, in order; `pong <payload>` and `close <code>` stand for those frames. */
  readonly heard: string[];
}

/** Called with the number of each event that a client sends. */
export type Attack = (victim: Victim, id: number) => unknown;

export interface Manners {
  /** The handshake packet of Engine.IO; default: a usual one. */
  readonly open?: string;
  /** What answers the client's CONNECT; default: a session. */
  readonly connect?: Attack;
  readonly event?: Attack;
}

const usualOpen = '0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

/** A server that speaks Socket.IO by hand, so that a test can put any bytes at any place of the conversation. */
export class HostileServer {
  readonly url: string;
  readonly victims: Victim[] = [];
  readonly #http: Server;
  readonly #tcp = new Set<Socket>();

  static async listen(manners: Manners = {}): Promise<HostileServer> {
    return HostileServer.#over(createServer(), (server, http) => {
      const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
      sockets.on('connection', (webSocket, { socket }) => server.#welcome(webSocket, socket, manners));
    });
  }

  /** Answers the upgrade by hand. */
  static async upgrading(answer: (tcp: Socket, key: string) => unknown): Promise<HostileServer> {
    return HostileServer.#over(createServer(), (_server, http) => {
      http.on('upgrade', ({ headers }, tcp) => answer(tcp as Socket, String(headers['sec-websocket-key'])));
    });
  }

  static async #over(http: Server, serve: (server: HostileServer, http: Server) => void): Promise<HostileServer> {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new HostileServer(http);
    serve(server, http);
    return server;
  }

  private constructor(http: Server) {
    this.#http = http;
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    http.on('connection', (socket) => this.#tcp.add(socket));
  }

  async close(): Promise<void> {
    for (const socket of this.#tcp) socket.destroy();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #welcome(webSocket: WebSocket, tcp: Socket, { open = usualOpen, connect = admit, event = acknowledge }: Manners): void {
    const victim: Victim = { tcp, webSocket, heard: [] };
    this.victims.push(victim);
    webSocket.on('error', (error) => victim.heard.push(`error ${error.message}`));
    webSocket.on('pong', (payload) => victim.heard.push(`pong ${payload}`));
    webSocket.on('close', (code) => victim.heard.push(`close ${code}`));
    webSocket.on('message', (bytes) => {
      const text = String(bytes);
      victim.heard.push(text);
      if (text.startsWith('40')) connect(victim, 0);
      const id = /^42([0-9]+)/.exec(text)?.[1];
      if (id !== undefined) event(victim, Number(id));
    });
    webSocket.send(open);
  }
}

export const admit: Attack = ({ webSocket }) => webSocket.send('40{"sid":"s"}');
export const acknowledge: Attack = ({ webSocket }, id) => webSocket.send(acknowledgement(id));

export function acknowledgement(id: number): string {
  return `43${id}[{"ok":true}]`;
}

/** What a server must answer to a key (RFC 6455, section 1.3). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

export interface Shape {
  readonly final?: boolean;
  /** The three bits behind the first. */
  readonly reserved?: number;
  readonly mask?: boolean;
}

/** A frame as a server writes it, or should not. */
export function frame(opcode: number, payload: string | Buffer, { final = true, reserved = 0, mask = false }: Shape = {}): Buffer {
  const body = Buffer.from(payload);
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = lengthBytes(body.length);
  length[0] = (length[0] ?? 0) | (mask ? 0x80 : 0);
  return Buffer.concat([Buffer.of(first), length, mask ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

function lengthBytes(length: number): Buffer {
  if (length < 126) return Buffer.of(length);
  if (length < 65_536) return Buffer.of(126, length >> 8, length & 255);
  const long = Buffer.alloc(9);
  long.writeUInt8(127);
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}
