import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const head = Buffer.from('*3\r\n$7\r\npublish\r\n');

/** A relay in front of a Redis that swallows one PUBLISH when it is told to, and nothing else. */
export class Dropper {
  readonly port: number;
  /** Resolves when it has swallowed one. */
  readonly dropped: Promise<void>;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #armed = false;
  #done: () => void = () => {};

  static async open(redisPort: number): Promise<Dropper> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Dropper(server, redisPort);
  }

  private constructor(server: Server, redisPort: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.dropped = new Promise((resolve) => {
      this.#done = resolve;
    });
    server.on('connection', (client) => this.#relay(client, connect({ port: redisPort, host: '127.0.0.1', noDelay: true })));
  }

  arm(): void {
    this.#armed = true;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(client: Socket, redis: Socket): void {
    client.on('data', (bytes) => redis.write(this.#passed(bytes)));
    redis.on('data', (bytes) => client.write(bytes));
    for (const [one, other] of [[client, redis] as const, [redis, client] as const]) {
      this.#sockets.add(one);
      one.on('close', () => other.destroy());
      // An error is always followed by 'close'.
      one.on('error', () => {});
    }
  }

  #passed(bytes: Buffer): Buffer {
    const start = this.#armed ? indexOfPublish(bytes) : -1;
    const end = start < 0 ? undefined : endOf(bytes, start);
    if (end === undefined) return bytes;
    this.#armed = false;
    this.#done();
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  }
}

function indexOfPublish(bytes: Buffer): number {
  return bytes.toString('latin1').toLowerCase().indexOf(head.toString('latin1'));
}

/** Where the command ends that begins there; undefined when not all of it has come. */
function endOf(bytes: Buffer, start: number): number | undefined {
  let at = start + head.length;
  for (let argument = 0; argument < 2; argument++) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    at = line + 2 + Number(bytes.toString('latin1', at + 1, line)) + 2;
  }
  return at <= bytes.length ? at : undefined;
}
