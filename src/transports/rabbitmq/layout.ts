import { usage } from '../../error.js';

/** A channel in the words of RabbitMQ. */
export interface Spot {
  /** The exchange behind the first one that the channel names; null where the first one is bound to queues itself. */
  readonly exchange: string | null;
  readonly key: string;
}

/** How a kind of broker lays out its exchanges. `spot` and `channel` are inverse. */
export interface Layout {
  /** Type of the one exchange that all messages are published to. */
  readonly type: 'direct' | 'x-consistent-hash';
  spot(channel: string): Spot;
  channel(spot: Spot): string;
}

/** One direct exchange; the channel is the routing key. */
export const oneExchange: Layout = {
  type: 'direct',
  spot: (channel) => ({ exchange: null, key: channel }),
  channel: ({ key }) => key,
};

/** A consistent-hash exchange in front of direct ones; a channel is `<direct exchange>/<routing key>`. */
export const hashedExchanges: Layout = {
  type: 'x-consistent-hash',
  spot: (channel) => {
    const slash = channel.indexOf('/');
    if (slash < 1) throw usage(`the channel "${channel}" names no exchange; a strategy on rabbitmq-hash writes <exchange>/<routing key>`);
    return { exchange: channel.slice(0, slash), key: channel.slice(slash + 1) };
  },
  channel: ({ exchange, key }) => `${exchange}/${key}`,
};
