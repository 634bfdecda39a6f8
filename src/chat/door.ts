import { once } from 'node:events';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How long clients that were told `bye` have to read it. */
const byeWithinMs = 1000;

/** The HTTP port of a node, on this machine only, and every TCP connection through it. */
export class Door {
  readonly http: HttpServer;
  readonly #tcp = new Set<Socket>();

  constructor(answer: (request: IncomingMessage, response: ServerResponse) => void) {
    this.http = createServer(answer);
    this.http.on('connection', (socket) => {
      this.#tcp.add(socket);
      socket.once('close', () => this.#tcp.delete(socket));
    });
  }

  /** Port 0: any free one. */
  async open(port: number): Promise<string> {
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening');
    const { port: opened } = this.http.address() as AddressInfo;
    return `http://127.0.0.1:${opened}`;
  }

  /** Nobody new; resolves when everybody has left, or was thrown out after a second. */
  async close(): Promise<void> {
    if (!this.http.listening) return;
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    const timer = setTimeout(() => {
      for (const socket of this.#tcp) socket.destroy();
    }, byeWithinMs);
    await closed;
    clearTimeout(timer);
  }
}
