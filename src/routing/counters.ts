import type { BrokerTraffic, KindCounters } from './messages.js';
import { type BrokerId, type Kind, kinds } from './types.js';

export interface NodeCounters {
  readonly kinds: Record<Kind, KindCounters>;
  readonly brokers: BrokerCounts;
  /**
   * What other nodes put to this one (`in`) and what it handed on (`out`), as a broker: messages to its own sockets, and as a place of
   * a directory tells and questions in, answers and notices out. Its word on what those nodes count for `brokers.of(this node)`.
   */
  readonly asBroker: Record<Kind, BrokerTraffic>;
  subscribes: number;
  unsubscribes: number;
}

type Direction = keyof BrokerTraffic;

/** A record with one value per kind of traffic. */
export function byKind<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

export function zeroKind(): KindCounters {
  return { fromClients: 0, published: 0, received: 0, useful: 0, wasted: 0, deliveredToSockets: 0 };
}

export function zeroCounters(): NodeCounters {
  return { kinds: byKind(zeroKind), brokers: new BrokerCounts(), asBroker: byKind(zeroTraffic), subscribes: 0, unsubscribes: 0 };
}

function zeroTraffic(): BrokerTraffic {
  return { in: 0, out: 0 };
}

/** Stands where nothing was counted yet, for all: a map of its own for each kind, direction and node would be an empty one nearly everywhere. */
const none = new Map<BrokerId, number>();

/**
 * Messages that one node put to each broker and got from it, by kind. A number for each that there was, and no object: ten thousand nodes
 * know a thousand brokers each.
 */
export class BrokerCounts {
  readonly #counts = byKind(() => ({ in: none, out: none }));

  add(broker: BrokerId, kind: Kind, direction: Direction, messages: number): void {
    let counts = this.#counts[kind][direction];
    if (counts === none) {
      counts = new Map();
      this.#counts[kind][direction] = counts;
    }
    counts.set(broker, (counts.get(broker) ?? 0) + messages);
  }

  /** With one broker. */
  of(broker: BrokerId): Record<Kind, BrokerTraffic> {
    return byKind((kind) => {
      const counts = this.#counts[kind];
      return { in: counts.in.get(broker) ?? 0, out: counts.out.get(broker) ?? 0 };
    });
  }

  /** With each broker that something of the kind was put to, or got from. */
  each(kind: Kind, direction: Direction): Iterable<readonly [BrokerId, number]> {
    return this.#counts[kind][direction];
  }

  /** All that something was put to or got from. */
  spokenWith(): ReadonlySet<BrokerId> {
    return new Set(Object.values(this.#counts).flatMap((counts) => [...counts.in.keys(), ...counts.out.keys()]));
  }
}
