import type { ConfirmChannel, Message } from 'amqplib';
import type { PublishingSession, Receipt } from '../outbox.js';
import type { RabbitConnection } from './connection.js';
import type { Exchanges } from './exchanges.js';
import type { Layout } from './layout.js';

/**
 * Publishes with confirms, and `mandatory`: RabbitMQ sends a message for which there is no queue back before it confirms it.
 * A refusal (nack) leaves open which of several queues took the message.
 */
export class PublishingEnd implements PublishingSession {
  readonly over: Promise<string>;
  readonly #connection: RabbitConnection;
  readonly #channel: ConfirmChannel;
  readonly #exchange: string;
  readonly #layout: Layout;
  /** Numbers of messages that came back and are not confirmed yet. */
  readonly #returned = new Set<string>();
  #count = 0;

  static async on(connection: RabbitConnection, exchanges: Exchanges, layout: Layout): Promise<PublishingEnd> {
    const channel = await connection.channel((model) => model.createConfirmChannel());
    await exchanges.declareFirst(channel);
    return new PublishingEnd(connection, channel, exchanges.first, layout);
  }

  private constructor(connection: RabbitConnection, channel: ConfirmChannel, exchange: string, layout: Layout) {
    this.over = connection.over;
    this.#connection = connection;
    this.#channel = channel;
    this.#exchange = exchange;
    this.#layout = layout;
    channel.on('return', ({ properties }: Message) => this.#returned.add(String(properties.messageId)));
  }

  publish(channel: string, frame: Buffer): Promise<Receipt> {
    const { exchange, key } = this.#layout.spot(channel);
    const messageId = (this.#count++).toString(36);
    const properties = { mandatory: true, messageId, ...(exchange === null ? {} : { type: exchange }) };
    let confirmed: (error: unknown) => void = () => {};
    const receipt = new Promise<Receipt>((resolve, reject) => {
      confirmed = (error) => {
        const nobody = this.#returned.delete(messageId);
        if (error === null || error === undefined) resolve(nobody ? 0 : null);
        else reject(error);
      };
    });
    this.#channel.publish(this.#exchange, key, frame, properties, (error) => confirmed(error));
    return receipt;
  }

  end(): Promise<void> {
    return this.#connection.end();
  }
}
