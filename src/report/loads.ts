import { sum } from '../measure/accounting.js';
import type { BrokerResult, Distribution, NodeResult, Result } from '../measure/result.js';
import type { KindCounters } from '../routing/messages.js';
import { type Kind, kinds } from '../routing/types.js';

/** What a node handled, all kinds of traffic together. */
export function loadOf(node: NodeResult): KindCounters {
  return kinds.map((kind) => node.kinds[kind]).reduce(plus);
}

export function loadOfAll(result: Pick<Result, 'nodes'>): KindCounters {
  const none: KindCounters = { fromClients: 0, published: 0, received: 0, useful: 0, wasted: 0, deliveredToSockets: 0 };
  return result.nodes.map(loadOf).reduce(plus, none);
}

function plus(a: KindCounters, b: KindCounters): KindCounters {
  return {
    fromClients: a.fromClients + b.fromClients,
    published: a.published + b.published,
    received: a.received + b.received,
    useful: a.useful + b.useful,
    wasted: a.wasted + b.wasted,
    deliveredToSockets: a.deliveredToSockets + b.deliveredToSockets,
  };
}

/** What the nodes say of a broker: they put `in` and got `out`, all kinds together. */
export function wordOfNodes(broker: BrokerResult): { readonly in: number; readonly out: number } {
  const traffic = kinds.map((kind) => broker.kinds[kind]);
  return { in: sum(traffic.map(({ in: taken }) => taken)), out: sum(traffic.map(({ out }) => out)) };
}

/** Does any broker hand on to others? Where none does, there is nothing to say about it. */
export function hasRelays({ plan, brokers }: Result): boolean {
  return plan.topology.brokers.some(({ relaysTo = [] }) => relaysTo.length > 0) || brokers.some(({ relayed }) => (relayed ?? 0) > 0);
}

/** The brokers that are no nodes. */
export function brokersApart({ brokers, plan: { topology } }: OfRun): readonly BrokerResult[] {
  const nodes = new Set(topology.nodes);
  return brokers.filter(({ id }) => !nodes.has(id));
}

/** Nodes that speak to each other stand among the brokers too. */
export function nodesAsBrokers({ brokers, plan: { topology } }: OfRun): readonly BrokerResult[] {
  const nodes = new Set(topology.nodes);
  return brokers.filter(({ id }) => nodes.has(id));
}

type OfRun = Pick<Result, 'brokers' | 'plan'>;

/** The kinds of traffic that this run had. */
export function kindsSeen(result: Result): readonly Kind[] {
  const atNodes = (kind: Kind) => result.nodes.some((node) => Object.values(node.kinds[kind]).some((value) => value > 0));
  const atBrokers = (kind: Kind) => result.brokers.some((broker) => broker.kinds[kind].in + broker.kinds[kind].out > 0);
  return kinds.filter((kind) => atNodes(kind) || atBrokers(kind));
}

export const shownQuantiles = [0.5, 0.9, 0.99, 0.999] as const;

/** The value of a distribution at one of its own quantiles; null when it was not recorded. */
export function quantile(distribution: Distribution | null, at: number): number | null {
  return distribution?.quantiles.find(([fraction]) => Math.abs(fraction - at) < 1e-9)?.[1] ?? null;
}

/** 0.99 -> `p99`, 0.999 -> `p99.9`. */
export function quantileName(at: number): string {
  return `p${Number((at * 100).toFixed(3))}`;
}
