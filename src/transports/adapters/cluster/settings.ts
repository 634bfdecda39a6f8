import { leaseMs } from '../../../plan/lease.js';
import type { TransportKind } from '../../types.js';

/**
 * No `@socket.io/sticky`: by its documentation only HTTP long-polling needs it, and it hands a socket on after reading from it, and may go on
 * reading: docs/decisions/11-adapters.md. Where clients poll, workers pass requests on to each other: `sticky.ts`.
 * Heartbeats fit the lease: the other workers wait for the answers of a dead one until they count it out, which the adapter does once a second. So
 * that is a quarter of a second after the lease at the latest, when five heartbeats were missed. By its defaults (5 and 10 s) it would be 11 s.
 */
export const clusterSettings = {
  adapter: '@socket.io/cluster-adapter',
  scheduling: 'round-robin',
  serialization: 'advanced',
  heartbeatIntervalMs: leaseMs / 8,
  heartbeatTimeoutMs: (leaseMs * 5) / 8,
} satisfies TransportKind['settings'];
