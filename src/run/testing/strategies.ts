import { hash } from '../../routing/hash.js';
import type { Options, Sender, Strategy, Topology } from '../../routing/types.js';
import { transportKind } from '../../transports/index.js';
import { describeKinds } from '../../transports/testing/servers.js';

const size = { nodes: 3, brokers: 3, users: 10, ratePerSecond: 1, seconds: 1, bytes: 16 };

/** At standalone Redis servers, and nowhere else: half of all strategies, so that two workers can share them. */
export function meetsAtRedis(strategy: Strategy): boolean {
  const kinds = kindsOf(strategy);
  return kinds.length > 0 && kinds.every((kind) => kind === 'redis') && strategy.mesh !== true;
}

function kindsOf(strategy: Strategy): string[] {
  return [...new Set(strategy.brokers(size).map(({ kind }) => kind))];
}

/** A suite that needs the strategy's servers. */
export async function describeStrategy(strategy: Strategy, suite: () => void): Promise<void> {
  describeKinds(await Promise.all(kindsOf(strategy).map(transportKind)), strategy.name, suite);
}

/** Whether two messages for one topic may take different ways. */
export function pathDependsOnDraw(strategy: Strategy, topology: Topology, options: Options): boolean {
  const routing = strategy.route(topology, options);
  const known = topology.nodes.map((node) => ({ broker: node, channel: `n:${node}` })).slice(0, 1);
  const at = (seed: number) => {
    const sender: Sender = { node: topology.nodes[0] ?? '', known, random: () => hash('draw', seed) / 2 ** 32 };
    return JSON.stringify(routing.publish('u:ann', sender));
  };
  return new Set(Array.from({ length: 16 }, (_, seed) => at(seed))).size > 1;
}
