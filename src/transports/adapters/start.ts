import { unavailable } from '../../error.js';
import type { Broker } from '../../routing/types.js';
import { findRedisServer, startServer } from '../redis/start.js';
import type { Launch, Started } from '../types.js';

const needed = 'needs a redis-server of 7.0 or newer; Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis';

export function missing(): string | undefined {
  return findRedisServer() === undefined ? needed : undefined;
}

/** The embedded broker knows neither sharded channels nor streams, so the adapters run on a real Redis only. */
export async function start(brokers: readonly Broker[], launch: Launch): Promise<readonly Started[]> {
  const program = findRedisServer();
  if (program === undefined) throw unavailable(`[${brokers[0]?.id}] an official adapter ${needed}`);
  return Promise.all(brokers.map(({ id }) => startServer(id, launch, program)));
}
