import { wordsOf } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId } from '../../routing/types.js';
import { encodeFrame } from '../frame.js';
import { type DirectoryLink, PublishError } from '../types.js';
import type { Link } from './link.js';

/** All links of one node. What a transport over hubs and one between nodes have in common. */
export class Spokes {
  readonly links = new Map<BrokerId, Link>();
  readonly directory: DirectoryLink = {
    tell: async (place, telling) => this.to(place).tell(telling),
    ask: async (place, topics, watch) => this.to(place).ask(topics, watch),
    copy: async (place) => this.to(place).copy(),
  };
  readonly #frameKey: number;
  /** A message goes to several addresses in a row: its frame is made once. */
  #encoded: { readonly message: Message<Buffer>; readonly frame: Buffer } | undefined;

  constructor(frameKey: number) {
    this.#frameKey = frameKey;
  }

  to(id: BrokerId): Link {
    const link = this.links.get(id);
    if (link === undefined)
      throw new PublishError(
        'rejected',
        `[${id}] this node has no connection to it: it is none of the places that the node was given, or it was left`,
      );
    return link;
  }

  publish({ broker, channel }: Address, message: Message<Buffer>): Promise<number> {
    try {
      return this.to(broker).publish(channel, this.#frameOf(message));
    } catch (error) {
      return Promise.reject(new PublishError('rejected', wordsOf(error)));
    }
  }

  /** Opens links and keeps those that open. Rejects, after all were tried, when one does not. */
  async join(links: readonly Link[]): Promise<void> {
    for (const link of links) this.links.set(link.place.id, link);
    const opened = await Promise.allSettled(links.map((link) => link.open()));
    const failed = links.filter((_, index) => opened[index]?.status === 'rejected');
    for (const link of failed) await this.leave(link);
    for (const outcome of opened) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async leave(link: Link): Promise<void> {
    if (this.links.get(link.place.id) === link) this.links.delete(link.place.id);
    await link.close();
  }

  async settle(): Promise<void> {
    await Promise.all([...this.links.values()].map((link) => link.settle()));
  }

  /** The links stay known: what is published from now on is rejected by them. */
  async close(): Promise<void> {
    await Promise.all([...this.links.values()].map((link) => link.close()));
  }

  #frameOf(message: Message<Buffer>): Buffer {
    if (this.#encoded?.message !== message) this.#encoded = { message, frame: encodeFrame(message, this.#frameKey) };
    return this.#encoded.frame;
  }
}
