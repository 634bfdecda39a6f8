import { unavailable, wordsOf } from '../error.js';
import type { Message } from '../routing/messages.js';
import type { Address, BrokerId } from '../routing/types.js';
import { encodeFrame } from './frame.js';
import { type Commands, PublishError, type Transport } from './types.js';

/** All that one node does with one broker. */
export interface BrokerLink {
  /** Where messages share commands. */
  readonly commands?: Commands | undefined;
  open(): Promise<void>;
  publish(channel: string, frame: Buffer): Promise<number | null>;
  subscribe(channel: string): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A transport over one link for each broker. Resolves when all are open; rejects, with nothing left open, when one cannot be. */
export async function openLinks(links: ReadonlyMap<BrokerId, BrokerLink>, frameKey: number): Promise<Transport> {
  const transport = new LinkedTransport(links, frameKey);
  const opened = await Promise.allSettled([...links.values()].map((link) => link.open()));
  const failed = opened.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return transport;
  await transport.close();
  throw failed.reason;
}

class LinkedTransport implements Transport {
  readonly #links: ReadonlyMap<BrokerId, BrokerLink>;
  readonly #frameKey: number;
  /** A message goes to several addresses in a row: its frame is made once. */
  #encoded: { readonly message: Message<Buffer>; readonly frame: Buffer } | undefined;

  constructor(links: ReadonlyMap<BrokerId, BrokerLink>, frameKey: number) {
    this.#links = links;
    this.#frameKey = frameKey;
  }

  publish({ broker, channel }: Address, message: Message<Buffer>): Promise<number | null> {
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

  commands(broker: BrokerId): Commands | undefined {
    return this.#links.get(broker)?.commands;
  }

  async settle(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.settle()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.close()));
  }

  #linkTo(broker: BrokerId): BrokerLink {
    const link = this.#links.get(broker);
    if (link !== undefined) return link;
    throw unavailable(
      `[${broker}] is not one of the brokers that this node was opened with; does the strategy route to a broker it does not list?`,
    );
  }

  #frameOf(message: Message<Buffer>): Buffer {
    if (this.#encoded?.message !== message) this.#encoded = { message, frame: encodeFrame(message, this.#frameKey) };
    return this.#encoded.frame;
  }
}
