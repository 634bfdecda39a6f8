import { randomBytes } from 'node:crypto';
import { unavailable } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, NodeId } from '../../routing/types.js';
import { Link } from '../hub/link.js';
import { placeUrl } from '../hub/place.js';
import { Server } from '../hub/server.js';
import { type LinkTimes, linkTimes, type ServerLimits, serverLimits } from '../hub/settings.js';
import { Spokes } from '../hub/spokes.js';
import type { BrokerPlace, DirectoryLink, LocalNode, Transport, TransportSettings } from '../types.js';
import { Host } from './host.js';

/** Resolves when this node listens for the others and has joined those given. */
export async function openNode(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: LinkTimes = linkTimes,
  limits: ServerLimits = serverLimits,
): Promise<MeshTransport> {
  const secret = randomBytes(24).toString('base64url');
  const spokes = new Spokes(settings.frameKey);
  const server = await Server.listen({ who: node.id, port: 0, secret, role: new Host(node, settings.frameKey, spokes), limits });
  const place = { id: node.id, url: placeUrl('node', server.port, secret) };
  const transport = new MeshTransport(node, place, server, spokes, (other) => new Link(node, other, settings, times));
  try {
    await transport.rejoin(places);
  } catch (error) {
    await transport.close();
    throw error;
  }
  return transport;
}

/**
 * A node among nodes. It has a link of its own to every other node and asks over that alone, so of each pair of connections one carries
 * requests one way and the other those of the other way.
 */
export class MeshTransport implements Transport {
  readonly place: BrokerPlace;
  readonly directory: DirectoryLink;
  readonly #node: LocalNode;
  readonly #server: Server;
  readonly #spokes: Spokes;
  readonly #link: (place: BrokerPlace) => Link;
  /** Nodes that were told lost since another process has their name now, until that is joined. */
  readonly #replaced = new Set<NodeId>();

  constructor(node: LocalNode, place: BrokerPlace, server: Server, spokes: Spokes, link: (place: BrokerPlace) => Link) {
    this.place = place;
    this.directory = spokes.directory;
    this.#node = node;
    this.#server = server;
    this.#spokes = spokes;
    this.#link = link;
  }

  /**
   * Rejects, after all were tried, when a new one cannot be joined; the others are joined then, and the call may be repeated.
   * A node at another place than before is another process, which knows nothing: it counts as lost and reconnected.
   */
  async rejoin(places: readonly BrokerPlace[]): Promise<void> {
    const others = new Map(places.filter(({ id }) => id !== this.place.id).map((place) => [place.id, place]));
    const links = [...this.#spokes.links.values()];
    await Promise.all(links.filter(({ place }) => others.get(place.id)?.url !== place.url).map((link) => this.#leave(link, others)));
    try {
      await this.#spokes.join([...others.values()].filter(({ id }) => !this.#spokes.links.has(id)).map(this.#link));
    } finally {
      this.#welcome();
    }
  }

  /** A node hears what is put at it without subscribing, and nothing at another one. */
  async subscribe({ broker }: Address): Promise<void> {
    if (broker !== this.place.id)
      throw unavailable(`[${broker}] nobody but the node itself listens at a node; does the strategy say otherwise?`);
  }

  async unsubscribe(): Promise<void> {}

  publish(address: Address, message: Message<Buffer>): Promise<number> {
    return this.#spokes.publish(address, message);
  }

  /** What others handed to this node arrived before they were answered, so only what this node sent is waited for. */
  settle(): Promise<void> {
    return this.#spokes.settle();
  }

  async close(): Promise<void> {
    await Promise.all([this.#spokes.close(), this.#server.close()]);
  }

  async #leave(link: Link, others: ReadonlyMap<NodeId, BrokerPlace>): Promise<void> {
    const { id } = link.place;
    if (others.has(id)) {
      this.#replaced.add(id);
      if (link.up) this.#node.lost(id);
    }
    await this.#spokes.leave(link);
  }

  #welcome(): void {
    for (const id of this.#replaced) {
      if (this.#spokes.links.get(id)?.up !== true) continue;
      this.#replaced.delete(id);
      this.#node.reconnected(id);
    }
  }
}
