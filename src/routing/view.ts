import type { Tell } from './tellings.js';
import type { Address, BrokerId, NodeId, Routing, Topic, Topology } from './types.js';

interface Members {
  readonly nodes: ReadonlySet<NodeId>;
  readonly brokers: ReadonlySet<BrokerId>;
}

/** Made once for all nodes of one process that live by the same topology: each with sets of its own would be nodes x nodes. */
const membersOfTopology = new WeakMap<Topology, Members>();

function membersOf(topology: Topology): Members {
  const known = membersOfTopology.get(topology);
  if (known !== undefined) return known;
  const members = { nodes: new Set(topology.nodes), brokers: new Set(topology.brokers.map(({ id }) => id)) };
  membersOfTopology.set(topology, members);
  return members;
}

/** One topology as a node lives by it: it may listen by several, and publishes by one. */
export class View {
  readonly version: number;
  readonly routing: Routing;
  /** What `viewReady` waits for; null before that is known, and once it was said. */
  waiting: Set<string> | null = null;
  readonly #members: Members;

  constructor(topology: Topology, routing: Routing) {
    this.version = topology.version;
    this.routing = routing;
    this.#members = membersOf(topology);
  }

  get nodes(): ReadonlySet<NodeId> {
    return this.#members.nodes;
  }

  /** Whether the broker, or the node as one, is there. */
  has(broker: BrokerId): boolean {
    return this.#members.nodes.has(broker) || this.#members.brokers.has(broker);
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
