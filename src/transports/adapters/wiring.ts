import type { Server } from 'socket.io';
import type { RedisClient } from './clients.js';
import type { Subscriptions } from './subscriptions.js';

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
  /** Resolves when the adapter hears what it did not have to subscribe to. */
  heard?(): Promise<void>;
  /** Resolves when all that the broker had handed out has come in. */
  settle(): Promise<void>;
}
