import type { Server } from 'socket.io';
import type { BrokerPlace } from '../types.js';
import type { Boundary } from './boundary.js';
import type { RedisClient } from './clients.js';
import type { Subscriptions } from './subscriptions.js';

/** `prefix`: what every key and channel begins with. */
export type Wire = (place: BrokerPlace, prefix: string, boundary: Boundary) => Wiring;

/** One unmodified adapter with the clients it is given, each wrapped so that a boundary sees what passes. */
export interface Wiring {
  /** To be connected before the adapter is made. */
  readonly clients: readonly RedisClient[];
  /** Those that the adapter makes and connects by itself. */
  readonly copies?: readonly RedisClient[];
  readonly subscriptions: Subscriptions;
  /** Rooms are heard only some time after they are joined, and nobody waits for it. */
  readonly windows?: boolean;
  adapter(): Parameters<Server['adapter']>[0];
  /** What it does to the node's Socket.IO server beside its adapter, before clients come. */
  prepare?(io: Server): Promise<void>;
  /** The port that all nodes share, when the transport hands the clients out. */
  readonly door?: number;
  /** Resolves when the adapter hears what it did not have to subscribe to. */
  heard?(): Promise<void>;
  /** Resolves when all that the broker had handed out has come in. */
  settle(): Promise<void>;
}
