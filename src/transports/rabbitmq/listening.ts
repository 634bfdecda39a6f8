import type { Channel, ConsumeMessage } from 'amqplib';
import type { Session } from '../line.js';
import type { RabbitConnection } from './connection.js';
import type { Exchanges } from './exchanges.js';
import type { Layout } from './layout.js';
import { largestQueueBytes } from './settings.js';

const queueOptions = {
  exclusive: true,
  autoDelete: true,
  durable: false,
  arguments: { 'x-max-length-bytes': largestQueueBytes, 'x-overflow': 'reject-publish' },
} as const;

/**
 * The queue of one node, which goes with the connection. Deliveries are not acknowledged: who could get them again goes with it, too.
 */
export class ListeningEnd implements Session {
  readonly over: Promise<string>;
  readonly #connection: RabbitConnection;
  readonly #channel: Channel;
  readonly #exchanges: Exchanges;
  readonly #layout: Layout;
  readonly #queue: string;
  /** Exchanges behind the first that were declared here, by their short names. */
  readonly #behind = new Map<string, Promise<string>>();

  static async on(
    connection: RabbitConnection,
    exchanges: Exchanges,
    layout: Layout,
    heard: (channel: string, bytes: Buffer) => void,
  ): Promise<ListeningEnd> {
    const channel = await connection.channel((model) => model.createChannel());
    await exchanges.declareFirst(channel);
    const { queue } = await channel.assertQueue('', queueOptions);
    await channel.consume(
      queue,
      (message) => (message === null ? void connection.end() : heard(channelOf(layout, message), message.content)),
      {
        noAck: true,
        exclusive: true,
      },
    );
    return new ListeningEnd(connection, channel, exchanges, layout, queue);
  }

  private constructor(connection: RabbitConnection, channel: Channel, exchanges: Exchanges, layout: Layout, queue: string) {
    this.over = connection.over;
    this.#connection = connection;
    this.#channel = channel;
    this.#exchanges = exchanges;
    this.#layout = layout;
    this.#queue = queue;
  }

  async subscribe(channel: string): Promise<void> {
    const { exchange, key } = this.#layout.spot(channel);
    await this.#channel.bindQueue(this.#queue, await this.#source(exchange), key);
  }

  async unsubscribe(channel: string): Promise<void> {
    const { exchange, key } = this.#layout.spot(channel);
    await this.#channel.unbindQueue(this.#queue, await this.#source(exchange), key);
  }

  /**
   * An empty queue has handed all it had to our channel at the broker, which works in order: what it had is here before the answer
   * to one question more. The queue keeps messages back while the channel has more than it can write.
   */
  async settle(): Promise<void> {
    while ((await this.#channel.checkQueue(this.#queue)).messageCount > 0);
    await this.#channel.checkQueue(this.#queue);
  }

  end(): Promise<void> {
    return this.#connection.end();
  }

  #source(exchange: string | null): Promise<string> {
    if (exchange === null) return Promise.resolve(this.#exchanges.first);
    const declared = this.#behind.get(exchange) ?? this.#exchanges.declareBehind(this.#channel, exchange);
    this.#behind.set(exchange, declared);
    return declared;
  }
}

/** The sender says which exchange its routing means; RabbitMQ names only the one that was published to. */
function channelOf(layout: Layout, { fields, properties }: ConsumeMessage): string {
  return layout.channel({ exchange: String(properties.type), key: fields.routingKey });
}
