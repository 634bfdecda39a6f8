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

/** Kinds that a node and a broker never exchanged share it: ten thousand nodes know a thousand brokers each. */
const noTraffic = Object.freeze(zeroTraffic());
const noTrafficOfAnyKind = Object.freeze(byKind(() => noTraffic));

/** Adds to the traffic of one node with one broker. */
export function countTraffic(counters: NodeCounters, broker: string, kind: Kind, direction: keyof BrokerTraffic, messages: number): void {
  let traffic = counters.brokers.get(broker);
  if (traffic === undefined) {
    traffic = { ...noTrafficOfAnyKind };
    counters.brokers.set(broker, traffic);
  }
  if (traffic[kind] === noTraffic) traffic[kind] = zeroTraffic();
  traffic[kind][direction] += messages;
}
