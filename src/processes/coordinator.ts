import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BirpcReturn } from 'birpc';
import { type WebSocket, WebSocketServer } from 'ws';
import { unavailable } from '../error.js';
import type { CoordinatorCalls, Hello, NodeCalls, WorkerCalls } from './protocol.js';
import { controlPayloadBytes, rpcOver } from './rpc.js';

/** How long a child may take from its start to its hello. */
const helloMs = 20_000;

type CallsOf<Role> = Role extends 'node' ? NodeCalls : WorkerCalls;
type Rpc<Calls extends object> = BirpcReturn<Calls, CoordinatorCalls>;

/** A child that said hello. */
export interface Link<Calls extends object> {
  readonly hello: Hello;
  readonly call: Rpc<Calls>;
}

interface Expected {
  resolve(link: Link<object>): void;
}

/**
 * The control plane of a run: one WebSocket port that nodes and workers dial back to, also when all are on one machine.
 * It is never one of the brokers under test, whose counts it would spoil.
 */
export class Coordinator {
  readonly url: string;
  /** Random word of this run; it travels in the environment of the children only. */
  readonly token: string;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #expected = new Map<string, Expected>();

  /** Port 0: any free one. */
  static async listen(port = 0): Promise<Coordinator> {
    const server = createServer((_request, response) => response.writeHead(404).end());
    server.listen(port, '127.0.0.1');
    await once(server, 'listening').catch((cause: unknown) => {
      throw unavailable(`[coordinator] cannot listen on 127.0.0.1:${port}; stop what listens there, or leave --control-port out`, cause);
    });
    return new Coordinator(server, randomBytes(32).toString('base64url'));
  }

  private constructor(server: Server, token: string) {
    this.#server = server;
    this.token = token;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: controlPayloadBytes });
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** What a child must be started with to find its way back. */
  environment(index: number): Record<string, string> {
    return { BENCH_CONTROL_URL: this.url, BENCH_CONTROL_TOKEN: this.token, BENCH_INDEX: String(index) };
  }

  /** Resolves when that child says hello. */
  expect<Role extends Hello['role']>(role: Role, index: number): Promise<Link<CallsOf<Role>>> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(unavailable(`[${role} ${index}] did not say hello within ${helloMs / 1000} s; is the machine overloaded?`)),
        helloMs,
      );
      this.#expected.set(`${role} ${index}`, {
        resolve: (link) => {
          clearTimeout(late);
          resolve(link as Link<CallsOf<Role>>);
        },
      });
      late.unref();
    });
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  /** A browser page always sends an Origin: none has business here. */
  #refusal(request: IncomingMessage): string | undefined {
    if (request.headers.origin !== undefined) return '403 Forbidden';
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? undefined : '401 Unauthorized';
  }

  #welcome(socket: WebSocket): void {
    socket.on('error', () => socket.terminate());
    const calls: CoordinatorCalls = {
      hello: async (hello) => {
        const key = `${hello.role} ${hello.index}`;
        const expected = this.#expected.get(key);
        if (expected === undefined) throw unavailable(`nobody expects ${key}`);
        this.#expected.delete(key);
        expected.resolve({ hello, call: rpc as unknown as Rpc<object> });
      },
    };
    const rpc = rpcOver<NodeCalls & WorkerCalls, CoordinatorCalls>(socket, calls);
  }
}
