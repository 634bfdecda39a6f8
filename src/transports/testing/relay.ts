import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A relay in front of a broker that can hold back what the broker hands to listening connections. */
export class Relay {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #listening = new Set<Socket>();

  static async open(brokerPort: number): Promise<Relay> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server, brokerPort);
  }

  private constructor(server: Server, brokerPort: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#relay(client, connect({ port: brokerPort, host: '127.0.0.1', noDelay: true })));
  }

  hold(): void {
    for (const broker of this.#listening) broker.pause();
  }

  release(): void {
    for (const broker of this.#listening) broker.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(client: Socket, broker: Socket): void {
    client.on('data', (bytes) => {
      if (bytes.toString('latin1').toLowerCase().includes('subscribe')) this.#listening.add(broker);
      broker.write(bytes);
    });
    broker.on('data', (bytes) => client.write(bytes));
    for (const [one, other] of [[client, broker] as const, [broker, client] as const]) {
      this.#sockets.add(one);
      one.on('close', () => other.destroy());
      // An error is always followed by 'close'.
      one.on('error', () => {});
    }
  }
}
