import { unavailable } from '../../error.js';
import type { Broker } from '../../routing/types.js';
import { missingRedis } from '../redis/missing.js';
import { findRedisServer, startServer } from '../redis/start.js';
import type { Launch, Started } from '../types.js';

/** bench counts what a Redis did over a protocol that Redis 6 was the first to speak. */
export function missing(): string | undefined {
  return missingRedis('an official adapter', 6);
}

/** Sharded channels came with Redis 7. */
export function missingSharded(): string | undefined {
  return missingRedis('the adapter for sharded channels', 7);
}

/** The embedded broker knows neither sharded channels nor streams, so the adapters run on a real Redis only. */
export async function start(brokers: readonly Broker[], launch: Launch): Promise<readonly Started[]> {
  const program = findRedisServer();
  if (program === undefined) throw unavailable(`[${brokers[0]?.id}] ${missing()}`);
  return Promise.all(brokers.map(({ id }) => startServer(id, launch, program)));
}
