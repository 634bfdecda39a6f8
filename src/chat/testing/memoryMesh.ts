import type { BrokerId, NodeId } from '../../routing/types.js';
import {
  type BrokerPlace,
  type DirectoryHost,
  type LocalNode,
  PublishError,
  type Transport,
  type TransportKind,
} from '../../transports/types.js';

/** Nodes of one process that speak to each other by calls, a turn of the event loop later: what stands on the links is tested without a network. */
export function memoryMesh(): TransportKind {
  const nodes = new Map<NodeId, LocalNode>();
  return {
    kind: 'node',
    facts: { orderKept: true, receiptMeaningful: true, subscribeConfirmed: true },
    settings: {},
    missing: () => undefined,
    start: async () => [],
    open: async (node) => {
      nodes.set(node.id, node);
      return new MemoryTransport(node.id, nodes);
    },
    counters: () => Promise.reject(new Error('[memory] counts nothing')),
  };
}

class MemoryTransport implements Transport {
  readonly place: BrokerPlace;
  readonly #node: NodeId;
  readonly #nodes: Map<NodeId, LocalNode>;

  constructor(node: NodeId, nodes: Map<NodeId, LocalNode>) {
    this.#node = node;
    this.#nodes = nodes;
    this.place = { id: node, url: `memory:${node}` };
  }

  readonly directory: NonNullable<Transport['directory']> = {
    tell: (place, telling) => this.#at(place, (host) => host.told(this.#node, telling)),
    ask: (place, topics, watch) => this.#at(place, (host) => host.asked(this.#node, topics, watch)),
    copy: (place) => this.#at(place, (host) => host.copied(this.#node)),
  };

  async subscribe(): Promise<void> {}
  async unsubscribe(): Promise<void> {}
  async rejoin(): Promise<void> {}
  async settle(): Promise<void> {}

  async publish(...[address, message]: Parameters<Transport['publish']>): Promise<number> {
    (await this.#reached(address.broker)).arrived(address, message);
    return 1;
  }

  async close(): Promise<void> {
    this.#nodes.delete(this.#node);
    for (const other of this.#nodes.values()) other.lost(this.#node);
  }

  async #at<T>(place: BrokerId, call: (host: DirectoryHost) => Promise<T>): Promise<T> {
    const { directory } = await this.#reached(place);
    if (directory === undefined) throw new Error(`[${place}] keeps no directory`);
    return call(directory);
  }

  async #reached(node: BrokerId): Promise<LocalNode> {
    await new Promise(setImmediate);
    const there = this.#nodes.get(node);
    if (there === undefined) throw new PublishError('rejected', `[${node}] is gone`);
    return there;
  }
}
