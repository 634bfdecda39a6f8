import type { BrokerTraffic, KindCounters, NodeCounters } from './messages.js';
import { type Kind, kinds } from './types.js';

/** A record with one value per kind of traffic. */
export function byKind<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

export function zeroKind(): KindCounters {
  return { fromClients: 0, published: 0, received: 0, useful: 0, wasted: 0, deliveredToSockets: 0 };
}

export function zeroCounters(): NodeCounters {
  return { kinds: byKind(zeroKind), brokers: new Map(), asBroker: byKind(zeroTraffic), subscribes: 0, unsubscribes: 0 };
}

function zeroTraffic(): BrokerTraffic {
  return { in: 0, out: 0 };
}

/** The traffic of one node with one broker, begun at zero when first asked for. */
export function trafficOf(counters: NodeCounters, broker: string): Record<Kind, BrokerTraffic> {
  let traffic = counters.brokers.get(broker);
  if (traffic === undefined) {
    traffic = byKind(zeroTraffic);
    counters.brokers.set(broker, traffic);
  }
  return traffic;
}
