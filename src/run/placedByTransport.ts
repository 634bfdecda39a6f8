import type { NodeResult } from '../measure/result.js';
import type { Topology } from '../routing/types.js';
import { placesSockets } from '../transports/placing.js';

/** Where clients share one door, no plan says on which node a socket is. */
export function placedByTransport({ brokers }: Pick<Topology, 'brokers'>): boolean {
  return brokers.some(({ kind }) => placesSockets(kind));
}

/** How many each node of the topology had, by the word of a run; one of which nothing is known counts as without any. */
export function socketsOf(
  { nodes }: Pick<Topology, 'nodes'>,
  results: readonly Pick<NodeResult, 'id' | 'connections'>[],
): readonly number[] {
  const connections = new Map(results.map((node) => [node.id, node.connections]));
  return nodes.map((id) => connections.get(id) ?? 0);
}
