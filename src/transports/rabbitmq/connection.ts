import { type Channel, type ChannelModel, connect } from 'amqplib';
import { unavailable, wordsOf } from '../../error.js';
import type { ConnectionTimes } from '../times.js';
import { within } from '../within.js';
import { parseRabbitUrl } from './place.js';

/** One AMQP connection that is over, with all its channels, as soon as anything on it fails. */
export class RabbitConnection {
  readonly over: Promise<string>;
  readonly #model: ChannelModel;
  readonly #times: ConnectionTimes;
  readonly #socket: AbortController;
  #words = 'connection closed';

  static async dial(url: string, times: ConnectionTimes): Promise<RabbitConnection> {
    const { port, username, password } = parseRabbitUrl(url);
    const socket = new AbortController();
    const options = { noDelay: true, timeout: times.connectTimeoutMs, signal: socket.signal };
    const connected = connect({ protocol: 'amqp', hostname: '127.0.0.1', port, username, password, heartbeat: 0 }, options);
    const model = await connected.catch((error: unknown) => {
      throw unavailable(`no RabbitMQ answers at 127.0.0.1:${port}: ${wordsOf(error)}`);
    });
    return new RabbitConnection(model, times, socket);
  }

  private constructor(model: ChannelModel, times: ConnectionTimes, socket: AbortController) {
    this.#model = model;
    this.#times = times;
    this.#socket = socket;
    model.on('error', (error) => this.#note(error));
    this.over = new Promise((resolve) => {
      model.on('close', () => resolve(this.#words));
    });
  }

  /** A connection with what is set up on it; nothing is left open when that fails. */
  static async open<T>(url: string, times: ConnectionTimes, setUp: (connection: RabbitConnection) => Promise<T>): Promise<T> {
    const connection = await RabbitConnection.dial(url, times);
    try {
      return await setUp(connection);
    } catch (error) {
      await connection.end();
      throw error;
    }
  }

  /** A channel whose failure ends the connection. */
  async channel<C extends Channel>(create: (model: ChannelModel) => Promise<C>): Promise<C> {
    const channel = await create(this.#model);
    channel.on('error', (error) => this.#note(error));
    channel.on('close', () => void this.end());
    return channel;
  }

  /** Says goodbye, and does not wait long for an answer. */
  async end(): Promise<void> {
    const { closeTimeoutMs } = this.#times;
    try {
      await within(closeTimeoutMs, this.#model.close(), () => unavailable('it did not answer the goodbye'));
    } catch {
      // Closed already, or not answering: either way nothing is to be waited for.
    }
    this.#socket.abort();
    await this.over;
  }

  #note(error: Error): void {
    this.#words = error.message;
  }
}
