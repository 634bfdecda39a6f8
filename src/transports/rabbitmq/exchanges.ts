import type { Channel } from 'amqplib';
import type { Layout } from './layout.js';

const forThisRun = { durable: false } as const;
/** A consistent-hash exchange takes the routing key of a binding for its share; all have the same. */
const equalShare = '1';

/** The exchanges of a run, declared by whoever comes first: RabbitMQ takes a second, equal declaration for granted. */
export class Exchanges {
  readonly first: string;
  readonly #prefix: string;
  readonly #layout: Layout;

  constructor(prefix: string, layout: Layout) {
    this.#prefix = prefix;
    this.#layout = layout;
    this.first = `${prefix}messages`;
  }

  /** All messages are published to this one. */
  async declareFirst(channel: Channel): Promise<void> {
    await channel.assertExchange(this.first, this.#layout.type, forThisRun);
  }

  /** One behind the first; returns its name. */
  async declareBehind(channel: Channel, exchange: string): Promise<string> {
    const name = `${this.#prefix}behind:${exchange}`;
    await channel.assertExchange(name, 'direct', forThisRun);
    await channel.bindExchange(name, this.first, equalShare);
    return name;
  }
}
