import { sum, sumKnown } from '../measure/accounting.js';
import type { BrokerResult, NodeResult, Result } from '../measure/result.js';
import { relaysTo } from '../measure/traffic.js';
import { brokersApart, loadOf } from './loads.js';

/** Figures of one process of a run, for where runs are set beside each other. */

/** What a node puts to others and gets from them. */
export function handledByNode(node: NodeResult): number {
  const { published, received } = loadOf(node);
  return published + received;
}

/** What each broker takes in, hands out and hands on, all kinds of traffic together; nodes that speak to each other are no brokers here. */
export function handledByBrokers(result: Result): readonly (number | null)[] {
  const relayed = (broker: BrokerResult) => (relaysTo(result.plan.topology, broker.id) > 0 ? broker.relayed : 0);
  return brokersApart(result).map((broker) => sumKnown([broker.in, broker.out, relayed(broker)]));
}

/** Addresses that all nodes together listen at. */
export function subscriptionsOf({ nodes }: Result): number {
  return sum(nodes.flatMap(({ subscriptions }) => Object.values(subscriptions)));
}

/** The largest; 0 of nothing, null where one is not known. */
export function most(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : values.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 0);
}

/** null of nothing, and where one is not known. */
export function mean(values: readonly (number | null)[]): number | null {
  const total = sumKnown(values);
  return total === null || values.length === 0 ? null : total / values.length;
}

/** null of nothing, and where one is not known. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []).sort((one, other) => one - other);
  if (known.length < values.length) return null;
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.ceil((known.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
