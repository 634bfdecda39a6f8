import { startEmbeddedBroker } from '../../transports/embedded/server.js';
import { type RunningServer, startRedisServer } from '../../transports/testing/redisServer.js';
import { findServer } from '../../transports/testing/servers.js';

const { path } = findServer('redis-server');

/** One way to have a Redis that a test may stop. */
export interface RedisWay {
  readonly name: string;
  start(): Promise<RunningServer>;
}

const embedded: RedisWay = {
  name: 'the embedded broker',
  async start() {
    const broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 });
    return { port: broker.port, stop: () => broker.close() };
  },
};

/** Every way there is on this machine, the one to prefer last. */
export const redisWays: readonly RedisWay[] =
  path === null ? [embedded] : [embedded, { name: 'redis-server', start: () => startRedisServer(path) }];

/** The chat server is tested everywhere: on redis-server where it is installed, else on the embedded broker. */
export function startRedis(): Promise<RunningServer> {
  return path === null ? embedded.start() : startRedisServer(path);
}

/** Whether `CLIENT PAUSE` is known there. What needs it runs where redis-server is installed. */
export const redisPauses = path !== null;
