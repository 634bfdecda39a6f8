import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly broker: Socket;
  listens: boolean;
}

/** A relay in front of a broker that can hold back what the broker hands to listening connections, cut connections, and refuse new ones. */
export class Relay {
  readonly port: number;
  readonly #server: Server;
  readonly #listensAfter: (bytes: Buffer) => boolean;
  readonly #pairs = new Set<Pair>();
  #refuses = false;

  /** By default a connection listens from the moment it says `subscribe`. */
  static async open(brokerPort: number, listensAfter = saysSubscribe): Promise<Relay> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server, brokerPort, listensAfter);
  }

  private constructor(server: Server, brokerPort: number, listensAfter: (bytes: Buffer) => boolean) {
    this.#server = server;
    this.#listensAfter = listensAfter;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => {
      if (this.#refuses) client.destroy();
      else this.#relay(client, connect({ port: brokerPort, host: '127.0.0.1', noDelay: true }));
    });
  }

  /** Connections that have subscribed. */
  get listening(): number {
    return [...this.#pairs].filter(({ listens }) => listens).length;
  }

  hold(): void {
    for (const { broker, listens } of this.#pairs) if (listens) broker.pause();
  }

  /** Holds back what listening connections ask of the broker. */
  holdRequests(): void {
    for (const { client, listens } of this.#pairs) if (listens) client.pause();
  }

  release(): void {
    for (const { client, broker } of this.#pairs) {
      client.resume();
      broker.resume();
    }
  }

  /** Cuts the connections that have subscribed, or those that have not. Resolves when they are gone. */
  async cut(which: 'listening' | 'publishing'): Promise<void> {
    await this.#cut([...this.#pairs].filter(({ listens }) => listens === (which === 'listening')));
  }

  /** Cuts everything and, until `accept`, whoever connects. Resolves when they are gone. */
  async away(): Promise<void> {
    this.refuse();
    await this.#cut([...this.#pairs]);
  }

  refuse(): void {
    this.#refuses = true;
  }

  accept(): void {
    this.#refuses = false;
  }

  async close(): Promise<void> {
    await this.away();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(client: Socket, broker: Socket): void {
    const pair: Pair = { client, broker, listens: false };
    this.#pairs.add(pair);
    client.on('data', (bytes) => {
      if (this.#listensAfter(bytes)) pair.listens = true;
      broker.write(bytes);
    });
    broker.on('data', (bytes) => client.write(bytes));
    client.on('close', () => this.#pairs.delete(pair));
    for (const [one, other] of [[client, broker] as const, [broker, client] as const]) {
      one.on('close', () => other.destroy());
      // An error is always followed by 'close'.
      one.on('error', () => {});
    }
  }

  async #cut(pairs: readonly Pair[]): Promise<void> {
    const open = pairs.flatMap(({ client, broker }) => [client, broker]).filter((socket) => !socket.closed);
    const gone = open.map((socket) => once(socket, 'close'));
    for (const { client } of pairs) client.destroy();
    await Promise.all(gone);
  }
}

function saysSubscribe(bytes: Buffer): boolean {
  return bytes.toString('latin1').toLowerCase().includes('subscribe');
}
