import type { Message } from '../../routing/messages.js';
import type { Address } from '../../routing/types.js';
import type { BrokerPlace, DirectoryLink, LocalNode, Transport, TransportSettings } from '../types.js';
import { Link } from './link.js';
import { type LinkTimes, linkTimes } from './settings.js';
import { Spokes } from './spokes.js';

/** Resolves when every hub has let this node in; rejects, with nothing left open, when one does not. */
export async function openHub(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: LinkTimes = linkTimes,
): Promise<Transport> {
  const spokes = new Spokes(settings.frameKey);
  try {
    await spokes.join(places.map((place) => new Link(node, place, settings, times)));
  } catch (error) {
    await spokes.close();
    throw error;
  }
  return new HubTransport(spokes);
}

/** A hub serves one run only, so its channels need no prefix. */
class HubTransport implements Transport {
  readonly directory: DirectoryLink;
  readonly #spokes: Spokes;

  constructor(spokes: Spokes) {
    this.#spokes = spokes;
    this.directory = spokes.directory;
  }

  async subscribe({ broker, channel }: Address): Promise<void> {
    await this.#spokes.to(broker).subscribe(channel);
  }

  async unsubscribe({ broker, channel }: Address): Promise<void> {
    await this.#spokes.to(broker).unsubscribe(channel);
  }

  publish(address: Address, message: Message<Buffer>): Promise<number> {
    return this.#spokes.publish(address, message);
  }

  settle(): Promise<void> {
    return this.#spokes.settle();
  }

  close(): Promise<void> {
    return this.#spokes.close();
  }
}
