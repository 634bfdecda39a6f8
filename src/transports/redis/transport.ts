import type { Redis } from 'ioredis';
import { unavailable, wordsOf } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId } from '../../routing/types.js';
import { encodeFrame } from '../frame.js';
import { type BrokerPlace, type LocalNode, PublishError, type Transport, type TransportSettings } from '../types.js';
import { Link } from './link.js';
import { classic, type PubSub } from './pubSub.js';
import { type ClientTimes, clientTimes } from './settings.js';

/** Resolves when every Redis has answered; rejects, with nothing left open, when one does not. */
export async function openRedis(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: ClientTimes = clientTimes,
  pubSub: PubSub = classic,
): Promise<RedisTransport> {
  const links = new Map(places.map((place) => [place.id, new Link(node, place, settings, times, pubSub)]));
  const transport = new RedisTransport(links, settings.frameKey);
  const opened = await Promise.allSettled([...links.values()].map((link) => link.open()));
  const failed = opened.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return transport;
  await transport.close();
  throw failed.reason;
}

export class RedisTransport implements Transport {
  readonly #links: ReadonlyMap<BrokerId, Link>;
  readonly #frameKey: number;
  /** A message goes to several addresses in a row: its frame is made once. */
  #encoded: { readonly message: Message<Buffer>; readonly frame: Buffer } | undefined;

  constructor(links: ReadonlyMap<BrokerId, Link>, frameKey: number) {
    this.#links = links;
    this.#frameKey = frameKey;
  }

  publish({ broker, channel }: Address, message: Message<Buffer>): Promise<number> {
    try {
      return this.#linkTo(broker).publish(channel, this.#frameOf(message));
    } catch (error) {
      return Promise.reject(new PublishError('rejected', wordsOf(error)));
    }
  }

  async subscribe({ broker, channel }: Address): Promise<void> {
    await this.#linkTo(broker).subscribe(channel);
  }

  async unsubscribe({ broker, channel }: Address): Promise<void> {
    await this.#linkTo(broker).unsubscribe(channel);
  }

  async settle(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.settle()));
  }

  /** Asks every Redis the same, each after all that was published there before; those that are gone are missing in the answer. */
  async askEach<T>(command: string, give: (redis: Redis, broker: BrokerId) => Promise<T>): Promise<ReadonlyMap<BrokerId, T>> {
    const asked = [...this.#links].map(async ([id, link]) => [id, await link.ask(command, (redis) => give(redis, id))] as const);
    return new Map((await Promise.all(asked)).flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]])));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.close()));
  }

  #linkTo(broker: BrokerId): Link {
    const link = this.#links.get(broker);
    if (link === undefined)
      throw unavailable(
        `[${broker}] is not one of the Redis servers that this node was opened with; does the strategy route to a broker it does not list?`,
      );
    return link;
  }

  #frameOf(message: Message<Buffer>): Buffer {
    if (this.#encoded?.message !== message) this.#encoded = { message, frame: encodeFrame(message, this.#frameKey) };
    return this.#encoded.frame;
  }
}
