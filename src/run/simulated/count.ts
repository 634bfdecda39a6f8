import { byKind, type NodeCounters } from '../../routing/counters.js';
import type { BrokerTraffic, KindCounters } from '../../routing/messages.js';
import { type BrokerId, type Kind, kinds, type NodeId } from '../../routing/types.js';
import type { VirtualNetwork, VirtualTraffic } from '../../routing/virtualNetwork.js';

type Traffic = Record<Kind, BrokerTraffic>;

export interface NodeCount extends Pick<NodeCounters, 'asBroker' | 'subscribes' | 'unsubscribes'> {
  readonly kinds: Record<Kind, KindCounters>;
  /** With all brokers together. */
  readonly throughBrokers: Traffic;
}

/** What everyone had counted at one moment. Of pairs of a node and a broker, which may be millions, only sums are kept. */
export interface Count {
  readonly nodes: ReadonlyMap<NodeId, NodeCount>;
  /** What all nodes say of each broker. */
  readonly said: ReadonlyMap<BrokerId, Traffic>;
  /** What each broker says itself. */
  readonly own: ReadonlyMap<BrokerId, VirtualTraffic>;
}

export function countOf({ nodes, traffic }: VirtualNetwork<unknown, unknown>): Count {
  const said = new Map<BrokerId, Traffic>();
  const counted = Array.from(nodes, ([id, { counters }]): [NodeId, NodeCount] => [id, nodeCount(counters, said)]);
  return { nodes: new Map(counted), said, own: structuredClone(traffic) };
}

function nodeCount({ kinds: counted, brokers, asBroker, subscribes, unsubscribes }: NodeCounters, said: Map<BrokerId, Traffic>): NodeCount {
  const throughBrokers = noTraffic();
  for (const kind of kinds) {
    for (const direction of ['in', 'out'] as const) {
      for (const [broker, messages] of brokers.each(kind, direction)) {
        throughBrokers[kind][direction] += messages;
        const all = said.get(broker) ?? noTraffic();
        said.set(broker, all);
        all[kind][direction] += messages;
      }
    }
  }
  return { kinds: structuredClone(counted), throughBrokers, asBroker: structuredClone(asBroker), subscribes, unsubscribes };
}

export function noTraffic(): Traffic {
  return byKind(() => ({ in: 0, out: 0 }));
}
