import { equation, kindsBetween, sum, trafficBetween } from '../../measure/accounting.js';
import type { BrokerResult, Equation, NodeResult } from '../../measure/result.js';
import { byKind } from '../../routing/counters.js';
import type { Topology } from '../../routing/types.js';
import type { VirtualNetwork } from '../../routing/virtualNetwork.js';
import { meshKind } from '../nodesAsBrokers.js';
import { brokerWithoutProcess, nodeWithoutProcess } from '../noProcess.js';
import type { Count } from './count.js';

/** What was counted between two moments, and the network as it is now. */
export interface Between {
  readonly start: Count;
  readonly end: Count;
  readonly network: VirtualNetwork<unknown, unknown>;
}

export function nodeResults({ start, end, network }: Between, socketsOf: (node: string) => number): NodeResult[] {
  return [...end.nodes].map(([id, after]) => {
    const before = start.nodes.get(id);
    const core = network.nodes.get(id);
    return {
      id,
      kinds: before === undefined ? after.kinds : kindsBetween(before.kinds, after.kinds),
      throughBrokers: trafficBetween(before?.throughBrokers, after.throughBrokers),
      subscribes: after.subscribes - (before?.subscribes ?? 0),
      unsubscribes: after.unsubscribes - (before?.unsubscribes ?? 0),
      subscriptions: core?.subscriptions() ?? {},
      entries: core?.entries() ?? {},
      connections: socketsOf(id),
      ...nodeWithoutProcess,
    };
  });
}

/** The brokers of a topology; and the nodes, each by its own core's word, where they speak to each other. */
export function brokerResults(between: Between, { nodes, brokers }: Topology, mesh: boolean): BrokerResult[] {
  const apart = brokers.map(({ id, kind }) => ({ ...ofBroker(between, id, kind), ...ownWord(between, id) }));
  return mesh ? [...apart, ...nodes.map((id) => ({ ...ofBroker(between, id, meshKind), ...wordAsBroker(between, id) }))] : apart;
}

/** A message that reached a node in the network must have reached its core: the two are counted apart. */
export function arrivalEquations(between: Between, nodes: readonly string[]): Equation[] {
  return nodes.map((id) => {
    const reached = (between.end.own.get(id)?.messages.in ?? 0) - (between.start.own.get(id)?.messages.in ?? 0);
    return equation('messages that reached the node = taken in by the node', id, reached, wordAsBroker(between, id).hops);
  });
}

function ofBroker({ start, end }: Between, id: string, kind: string) {
  const said = trafficBetween(start.said.get(id), end.said.get(id));
  return { id, kind, kinds: said, ...brokerWithoutProcess };
}

function ownWord({ start, end, network }: Between, id: string) {
  const [before, after] = [start.own.get(id), end.own.get(id)];
  const between = (direction: 'in' | 'out') =>
    sum((['messages', 'directory'] as const).map((part) => (after?.[part][direction] ?? 0) - (before?.[part][direction] ?? 0)));
  const relayed = (after?.relayed ?? 0) - (before?.relayed ?? 0);
  return { in: between('in'), out: between('out'), relayed, hops: 0, channels: network.channels(id) };
}

function wordAsBroker({ start, end }: Between, id: string) {
  const counted = trafficBetween(start.nodes.get(id)?.asBroker, end.nodes.get(id)?.asBroker ?? byKind(() => ({ in: 0, out: 0 })));
  const total = (direction: 'in' | 'out') => sum(Object.values(counted).map((traffic) => traffic[direction]));
  return { in: total('in'), out: total('out'), relayed: 0, hops: total('in') - counted.directory.in, channels: null };
}
