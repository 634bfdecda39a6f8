import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Socket, Server as SocketServer } from 'socket.io';
import { BenchError } from '../error.js';
import type { ChatLimits, ClientTransport } from '../plan/types.js';
import type { Kind } from '../routing/types.js';
import { kindsOfEvents } from '../transports/adapters/events.js';
import { within } from '../transports/within.js';
import { Connection } from './connection.js';
import { Door } from './door.js';
import type { Engine, EngineSocket } from './engine/engine.js';
import { type Acknowledge, parseEvent, type Received, type Request, receivedOf } from './events.js';
import { Packet } from './packet.js';
import type { Bye, Refusal } from './protocol.js';
import { type Reason, type Refusals, Refused, rejected } from './refused.js';
import type { Answer } from './requests.js';
import { Session } from './session.js';
import type { Verify } from './signIn.js';
import type { Soon } from './soon.js';

/** Socket.IO closes a connection that has not signed in without a word: so much later than this server refuses it with the reason. */
const refusalWithinMs = 1000;

/** What the server needs of its node. */
export interface Host {
  readonly engine: Engine;
  readonly limits: ChatLimits;
  /** How clients may connect. */
  readonly transports: readonly ClientTransport[];
  readonly refusals: Refusals;
  readonly verify: Verify;
  /** Longest wait between the end of the WebSocket handshake and a confirmed sign-in. */
  readonly signInWithinMs: number;
  /** Resolves when all that the session's user should get arrives here. */
  enter(session: Session): Promise<void>;
  /** The client has been told that it is connected. */
  online(session: Session): void;
  /** May be called at any time and more than once. */
  leave(session: Session): void;
  /** Throws or rejects with a Refused. */
  answer(session: Session, request: Request): Soon<Answer>;
  cutSlowReader(): void;
  /** A delivery of that kind was handed to a session and is not written. */
  unwritten(kind: Kind): void;
  /** Whether Socket.IO writes deliveries by itself; each one that it wrote is told then. */
  delivers(): boolean;
  written(kind: Kind): void;
  http(request: IncomingMessage, response: ServerResponse): void;
}

/** HTTP and Socket.IO on one port of this machine. Everything a client can do to a node passes through here, and none of it may throw. */
export class Server {
  readonly #host: Host;
  readonly #door: Door;
  readonly #io: SocketServer;
  readonly #connections = new Map<EngineSocket, Connection>();
  #draining = false;

  constructor(host: Host) {
    this.#host = host;
    this.#door = new Door((request, response) => host.http(request, response));
    this.#io = new SocketServer(this.#door.http, {
      transports: [...new Set(host.transports)],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: host.limits.payloadBytes,
      connectTimeout: host.signInWithinMs + refusalWithinMs,
      allowRequest: (request, decide) => this.#allow(request, decide),
    });
    host.engine.attach(this.#door.http);
    this.#io.engine.on('connection', (socket: EngineSocket) => this.#connected(socket));
    this.#io.use((socket, next) => {
      this.#signIn(socket).then(
        () => next(),
        (error: unknown) => next(new Error(wordsFor(this.#refuse(error)))),
      );
    });
    this.#io.on('connection', (socket) => this.#established(socket));
  }

  /** For a transport that delivers by itself. */
  get io(): SocketServer {
    return this.#io;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Port 0: any free one. */
  listen(port = 0): Promise<string> {
    return this.#door.open(port);
  }

  /** No new sockets, no new requests, and every client is told. */
  sayBye(reason: string): void {
    this.#draining = true;
    const bye: Bye = { reason };
    const packet = Packet.ofText(`2${JSON.stringify(['bye', bye])}`);
    for (const connection of this.#connections.values()) if (connection.session !== undefined) connection.write(packet);
  }

  /** Closes every connection when its client has read what was written, or at the latest after a second. */
  async close(): Promise<void> {
    this.#draining = true;
    for (const connection of this.#connections.values()) connection.close();
    await this.#door.close();
    for (const connection of this.#connections.values()) connection.destroy();
    this.#io.engine.close();
  }

  /** Browsers name the page that asks in `Origin`; no page has any business here. */
  #allow(request: IncomingMessage, decide: (words: string | null, allowed: boolean) => void): void {
    const reason = request.headers.origin !== undefined ? 'foreign origin' : this.#draining ? 'draining' : undefined;
    if (reason !== undefined) this.#host.refusals.count(reason);
    decide(reason ?? null, reason === undefined);
  }

  #connected(socket: EngineSocket): void {
    const connection = new Connection(socket, this.#host.engine.laneOf(socket), this.#host.limits, {
      cut: () => this.#host.cutSlowReader(),
      unwritten: (kind) => this.#host.unwritten(kind),
    });
    this.#connections.set(socket, connection);
    socket.on('close', () => {
      this.#connections.delete(socket);
      this.#end(connection);
    });
  }

  /** The connection may close at any moment of this, which ends the session at once, confirmed or not. */
  async #signIn(socket: Socket): Promise<void> {
    const connection = this.#claim(socket);
    try {
      const identity = await this.#host.verify(tokenOf(socket.handshake.auth));
      if (!connection.open) throw rejected('connection closed');
      const session = new Session(identity, connection, socket);
      connection.session = session;
      const leftMs = connection.openedMs + this.#host.signInWithinMs - performance.now();
      await within(leftMs, this.#host.enter(session), () => rejected('subscription not confirmed'));
      if (session.left) throw rejected('connection closed');
    } catch (error) {
      this.#end(connection);
      throw error;
    } finally {
      connection.signingIn = false;
    }
  }

  /** One sign-in at a time and one session: a second CONNECT packet costs the client its connection, as Socket.IO does with one after the first was accepted. */
  #claim(socket: Socket): Connection {
    const connection = this.#connections.get(socket.conn);
    if (connection === undefined) throw rejected('connection closed');
    if (connection.signingIn || connection.session !== undefined) {
      connection.destroy();
      throw rejected('second sign-in');
    }
    if (this.#draining) throw rejected('draining');
    if (!connection.take()) throw rejected('too many events');
    connection.signingIn = true;
    return connection;
  }

  /** A connection without a session is of no use to anybody: it does not stay open for a client that only left the namespace. */
  #left(connection: Connection): void {
    this.#end(connection);
    connection.close();
  }

  #end(connection: Connection): void {
    const { session } = connection;
    connection.session = undefined;
    connection.unlisten();
    connection.dropHeld();
    if (session !== undefined) this.#host.leave(session);
  }

  /**
   * Socket.IO has just written its CONNECT packet. Its rooms are used by transports that deliver by themselves, and named by the topics alone;
   * otherwise nobody but the socket itself is in one.
   */
  #established(socket: Socket): void {
    const connection = this.#connections.get(socket.conn);
    const session = connection?.session;
    if (connection === undefined || session === undefined) {
      socket.disconnect(true);
      return;
    }
    connection.establish();
    if (this.#host.delivers()) socket.onAnyOutgoing((event: unknown) => this.#wrote(connection, event));
    this.#host.online(session);
    socket.use((event) => this.#take(connection, session, receivedOf(event)));
    connection.listen((received) => this.#take(connection, session, received));
    socket.on('disconnect', () => this.#left(connection));
  }

  /** Socket.IO is about to write a broadcast to this socket, and drops it if the connection is closed. */
  #wrote(connection: Connection, event: unknown): void {
    const kind = kindsOfEvents.get(String(event));
    connection.bound();
    if (kind !== undefined && connection.open) this.#host.written(kind);
  }

  /** Every event of a client ends here: none is passed on to listeners, so its name can do no harm. */
  #take(connection: Connection, session: Session, received: Received): void {
    if (session.left || !connection.open) return;
    const { acknowledge } = received;
    const request = parseEvent(received, this.#host.limits.payloadBytes);
    const reason = typeof request === 'string' ? request : this.#objection(connection);
    if (reason !== undefined) this.#answerRefused(rejected(reason), acknowledge);
    else if (typeof request !== 'string') this.#answer(session, request, acknowledge);
  }

  #objection(connection: Connection): Reason | undefined {
    if (!connection.take()) return 'too many events';
    return this.#draining ? 'draining' : undefined;
  }

  #answer(session: Session, request: Request, acknowledge: Acknowledge | undefined): void {
    try {
      const answer = this.#host.answer(session, request);
      if (answer instanceof Promise) this.#answerLater(answer, acknowledge);
      else acknowledge?.(accepted(answer));
    } catch (error) {
      this.#answerRefused(error, acknowledge);
    }
  }

  #answerLater(answer: Promise<Answer>, acknowledge: Acknowledge | undefined): void {
    answer.then(
      (later) => acknowledge?.(accepted(later)),
      (error: unknown) => this.#answerRefused(error, acknowledge),
    );
  }

  #answerRefused(error: unknown, acknowledge: Acknowledge | undefined): void {
    const { outcome, reason } = this.#refuse(error);
    const refusal: Refusal = { ok: false, error: outcome, reason };
    acknowledge?.(refusal);
  }

  /** Counts what was refused. Anything else that was thrown is a bug of ours: it ends the process with its words. */
  #refuse(error: unknown): Refused {
    if (!(error instanceof Refused)) throw error;
    this.#host.refusals.count(error.reason);
    return error;
  }
}

function accepted(answer: Answer): { readonly ok: true } {
  return { ok: true, ...answer };
}

/** Our own words for the cause, too, which hold no secret; those of others might. */
function wordsFor({ reason, cause }: Refused): string {
  return cause instanceof BenchError ? `${reason}: ${cause.message}` : reason;
}

function tokenOf(auth: unknown): unknown {
  return typeof auth === 'object' && auth !== null && 'token' in auth ? auth.token : undefined;
}
