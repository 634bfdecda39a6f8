import type { Topology } from '../routing/types.js';
import { placesSockets } from '../transports/placing.js';

/** Where clients share one door, no plan says on which node a socket is. */
export function placedByTransport({ brokers }: Pick<Topology, 'brokers'>): boolean {
  return brokers.some(({ kind }) => placesSockets(kind));
}
