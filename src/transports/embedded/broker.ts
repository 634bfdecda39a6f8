import { randomBytes } from 'node:crypto';
import type { Client } from './client.js';
import { Keyspace } from './keyspace.js';
import type { Limits } from './limits.js';
import { PubSub } from './pubSub.js';
import { Statistics } from './statistics.js';

/** As many as Redis has by default. */
const databaseCount = 16;

/** Everything the connections share. */
export class Broker {
  /** Tells a restarted broker from the one before. */
  readonly runId = randomBytes(20).toString('hex');
  readonly startedAt = performance.now();
  readonly pubSub = new PubSub();
  readonly statistics = new Statistics();
  readonly clients = new Map<number, Client>();
  readonly databases = Array.from({ length: databaseCount }, () => new Keyspace(Date.now));
  readonly limits: Limits;
  port = 0;
  #lastClientId = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  nextClientId(): number {
    this.#lastClientId += 1;
    return this.#lastClientId;
  }

  keyspace(client: Client): Keyspace {
    const keyspace = this.databases[client.database];
    if (keyspace === undefined) throw new Error(`client ${client.id} selected database ${client.database} of ${databaseCount}`);
    return keyspace;
  }

  unsubscribeAll(client: Client): void {
    for (const channel of client.channels) this.pubSub.unsubscribe(channel, client);
    for (const pattern of client.patterns) this.pubSub.unsubscribePattern(pattern, client);
    client.channels.clear();
    client.patterns.clear();
  }

  forget(client: Client): void {
    this.unsubscribeAll(client);
    this.clients.delete(client.id);
  }
}
