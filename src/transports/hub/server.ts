import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as TcpServer } from 'node:net';
import { unavailable, wordsOf } from '../../error.js';
import type { Role } from './role.js';
import type { ServerLimits } from './settings.js';
import { Tally } from './tally.js';
import { type Premises, Visitor } from './visitor.js';

export interface ServerOptions {
  /** Begins its errors. */
  readonly who: string;
  /** 0: any free one. */
  readonly port: number;
  /** Only who knows it is let in. */
  readonly secret: string;
  readonly role: Role;
  readonly limits: ServerLimits;
}

/** Listens on 127.0.0.1 for nodes, in whichever role. No bytes from anybody can stop it. */
export class Server {
  readonly tally = new Tally();
  readonly #tcp: TcpServer;
  readonly #visitors = new Set<Visitor>();

  static async listen(options: ServerOptions): Promise<Server> {
    const server = new Server(options);
    await server.#listen(options);
    return server;
  }

  private constructor({ secret, role, limits }: ServerOptions) {
    const premises: Premises = { secret, role, limits, tally: this.tally };
    let visits = 0;
    this.#tcp = createServer({ noDelay: true, keepAlive: true }, (socket) => {
      if (!this.#tcp.listening) {
        socket.destroy();
        return;
      }
      const visitor: Visitor = new Visitor(socket, ++visits, premises, () => this.#visitors.delete(visitor));
      this.#visitors.add(visitor);
    });
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** Cuts every connection and resolves when the port is free again. */
  async close(): Promise<void> {
    const closed = once(this.#tcp, 'close');
    this.#tcp.close();
    await Promise.all([...this.#visitors].map((visitor) => visitor.close()));
    await closed;
  }

  async #listen({ who, port }: ServerOptions): Promise<void> {
    try {
      this.#tcp.listen({ host: '127.0.0.1', port });
      await once(this.#tcp, 'listening');
    } catch (error) {
      throw unavailable(`[${who}] cannot listen on port ${port} of 127.0.0.1 (${wordsOf(error)}); stop what listens there`, error);
    }
    // From here on an error is a connection that could not be accepted (no more open files, say).
    this.#tcp.on('error', (error) =>
      console.error(`[${who}] could not accept a connection: ${error.message}; is the limit of open files too low?`),
    );
  }
}
