import type { Tell } from './tellings.js';
import type { Address, BrokerId, NodeId, Routing, Topic, Topology } from './types.js';

/** One topology as a node lives by it: it may listen by several, and publishes by one. */
export class View {
  readonly version: number;
  readonly routing: Routing;
  readonly nodes: ReadonlySet<NodeId>;
  /** What `viewReady` waits for; null before that is known, and once it was said. */
  waiting: Set<string> | null = null;
  readonly #brokers: ReadonlySet<BrokerId>;

  constructor({ version, nodes, brokers }: Topology, routing: Routing) {
    this.version = version;
    this.routing = routing;
    this.nodes = new Set(nodes);
    this.#brokers = new Set(brokers.map(({ id }) => id));
  }

  /** Whether the broker, or the node as one, is there. */
  has(broker: BrokerId): boolean {
    return this.nodes.has(broker) || this.#brokers.has(broker);
  }

  /** What places are told by a node that listens for the topic at these addresses. */
  tells(topic: Topic, addresses: readonly Address[]): readonly Tell[] {
    const places = this.routing.directory?.(topic) ?? [];
    return places.flatMap((place) => addresses.map((address) => ({ place, topic, address })));
  }

  /** The node that one which joins copies the directory from: those that run stand first in the topology. */
  sourceFor(node: NodeId): NodeId | undefined {
    const [first] = this.nodes;
    return this.routing.directoryCopied && first !== node ? first : undefined;
  }
}
