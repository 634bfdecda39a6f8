import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { Kind, Options } from '../../../routing/types.js';
import { transportKind } from '../../index.js';
import { Ear } from '../../testing/ear.js';
import type { SocketIoHost, Transport } from '../../types.js';

/** A Socket.IO server under an adapter, without a chat node: every client joins the room it names when it connects. */
export class Station extends Ear {
  readonly socketIo: SocketIoHost;
  readonly passed: Kind[] = [];
  readonly published: Kind[] = [];
  readonly #http: HttpServer = createServer();
  readonly #io = new Server(this.#http, { transports: ['websocket'] });
  readonly #clients: Socket[] = [];
  #transport: Transport | undefined;

  static async open(id: string, kind: string, brokerPort: number, options: Options = {}): Promise<Station> {
    const station = new Station(id);
    const settings = { prefix: 'bench:station:', frameKey: 1, queuedMessages: 100, queuedBytes: 100_000, options };
    const place = { id: 'r1', url: `redis://127.0.0.1:${brokerPort}` };
    station.#transport = await (await transportKind(kind)).open(station, [place], settings);
    station.#http.listen(0, '127.0.0.1');
    await once(station.#http, 'listening');
    return station;
  }

  private constructor(id: string) {
    super(id);
    this.#io.on('connection', (socket) => socket.join(String(socket.handshake.auth.room)));
    this.socketIo = {
      io: this.#io,
      passed: (_address, { kind }) => this.passed.push(kind),
      published: (_broker, kind, receivers) => {
        this.published.push(kind);
        receivers.catch((error: unknown) => this.note(`failed ${String(error)}`));
      },
      beaten: (broker) => this.note(`heartbeats at ${broker}`),
    };
  }

  get transport(): Transport {
    if (this.#transport === undefined) throw new Error('the station is not open');
    return this.#transport;
  }

  async client(room: string): Promise<Socket> {
    const { port } = this.#http.address() as AddressInfo;
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { room } });
    this.#clients.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  /** Resolves when the server has seen the client go. */
  async leave(client: Socket): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      for (const socket of this.#io.of('/').sockets.values()) if (socket.id === client.id) socket.once('disconnect', () => resolve());
    });
    client.disconnect();
    await gone;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.disconnect();
    await this.transport.close();
    this.#io.engine.close();
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }
}
