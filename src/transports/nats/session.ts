import { connect, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { unavailable, wordsOf } from '../../error.js';
import type { PublishingSession, Receipt } from '../outbox.js';
import type { ConnectionTimes } from '../times.js';
import { parseNatsUrl } from './place.js';
import { subjectOf } from './subject.js';

/** A publish that waits for the PONG behind it. */
interface Published {
  readonly number: number;
  receipt: Receipt;
  resolve(receipt: Receipt): void;
  reject(error: Error): void;
}

export interface Heard {
  message(channel: string, bytes: Buffer): void;
  /** Something came that nobody should have sent. */
  junk(): void;
}

export interface NatsEnd {
  readonly node: string;
  readonly url: string;
  readonly prefix: string;
  readonly times: ConnectionTimes;
}

/** What the server says, with an empty message to the reply subject, of a message that nobody listens to. */
const noResponders = 503;

/**
 * One connection to a NATS server, which carries out in order what a connection asks of it: a PONG says that everything before its PING is done.
 * It tells of a publish that nobody listens to before that PONG, in a message to the reply subject.
 */
export class NatsSession implements PublishingSession {
  readonly over: Promise<string>;
  readonly #connection: NatsConnection;
  readonly #end: NatsEnd;
  readonly #heard: Heard;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #nobody: string;
  /** Published and not confirmed, by number. */
  readonly #published = new Map<number, Published>();
  /** Those of them that were published in this turn of the event loop. */
  #turn: Published[] = [];
  #count = 0;
  /** Who waits for a PONG: the client itself tells them nothing when the connection is closed. */
  readonly #waiting = new Set<(error: Error) => void>();

  static async dial(end: NatsEnd, heard: Heard): Promise<NatsSession> {
    const { port, token } = parseNatsUrl(end.url);
    const server = `127.0.0.1:${port}`;
    const { connectTimeoutMs } = end.times;
    const options = { servers: server, token, name: end.node, reconnect: false, resolve: false, ignoreClusterUpdates: true };
    const dialled = connect({ ...options, timeout: connectTimeoutMs, noAsyncTraces: true });
    const connection = await dialled.catch((error: unknown) => {
      throw unavailable(`no NATS answers at ${server}: ${wordsOf(error)}`);
    });
    return new NatsSession(connection, end, heard);
  }

  private constructor(connection: NatsConnection, end: NatsEnd, heard: Heard) {
    this.#connection = connection;
    this.#end = end;
    this.#heard = heard;
    this.#nobody = `${subjectOf(end.prefix, `nobody:${end.node}`)}.`;
    this.over = connection.closed().then((error) => (error ? wordsOf(error) : 'connection closed'));
    void this.over.then((words) => this.#failAll(new Error(words)));
    connection.subscribe(`${this.#nobody}*`, { callback: (error, message) => this.#unheard(error, message) });
  }

  publish(channel: string, frame: Buffer): Promise<Receipt> {
    const number = this.#count++;
    this.#connection.publish(subjectOf(this.#end.prefix, channel), frame, { reply: this.#nobody + number });
    if (this.#turn.length === 0) setImmediate(() => this.#confirmTurn());
    return new Promise((resolve, reject) => {
      const published: Published = { number, receipt: null, resolve, reject };
      this.#turn.push(published);
      this.#published.set(number, published);
    });
  }

  /** From the PONG on, what others publish is heard. */
  async subscribe(channel: string): Promise<void> {
    if (!this.#subscriptions.has(channel)) {
      const callback = (error: Error | null, { data }: Msg) => {
        if (error === null) this.#heard.message(channel, bytesOf(data));
        else void this.end();
      };
      this.#subscriptions.set(channel, this.#connection.subscribe(subjectOf(this.#end.prefix, channel), { callback }));
    }
    await this.#pong();
  }

  /** What the server handed out before it knew is heard, and counts. */
  async unsubscribe(channel: string): Promise<void> {
    const drained = this.#subscriptions.get(channel)?.drain();
    this.#subscriptions.delete(channel);
    await Promise.all([this.#pong(), drained]);
  }

  /**
   * After the first PONG all that was published is confirmed and all that was handed to this node has been taken in.
   * The server adds what it read in one go to its counters when it has carried all of it out; the second PONG shows that it has.
   */
  async settle(): Promise<void> {
    this.#confirmTurn();
    await this.#pong();
    await this.#pong();
  }

  async end(): Promise<void> {
    await this.#connection.close();
  }

  /** Confirms all publishes since the last time with one PING. */
  #confirmTurn(): void {
    const turn = this.#turn;
    if (turn.length === 0) return;
    this.#turn = [];
    this.#pong().then(
      () => {
        for (const { number, resolve, receipt } of turn) {
          this.#published.delete(number);
          resolve(receipt);
        }
      },
      (error: Error) => this.#failAll(error),
    );
  }

  #pong(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      this.#connection.flush().then(
        () => {
          this.#waiting.delete(reject);
          resolve();
        },
        (error: unknown) => reject(new Error(wordsOf(error))),
      );
    });
  }

  #failAll(error: Error): void {
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
    for (const { reject } of this.#published.values()) reject(error);
    this.#published.clear();
    this.#turn = [];
  }

  /** With an error there is no message. */
  #unheard(error: Error | null, { subject, headers }: Msg): void {
    if (error !== null) {
      void this.end();
      return;
    }
    const published = this.#published.get(Number(subject.slice(this.#nobody.length)));
    if (published !== undefined && headers?.code === noResponders) published.receipt = 0;
    else this.#heard.junk();
  }
}

function bytesOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
