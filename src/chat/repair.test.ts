import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { unavailable } from '../error.js';
import { redis } from '../transports/redis/index.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import type { Transport, TransportKind } from '../transports/types.js';
import { deferred } from './pending.js';
import type { Client } from './testing/client.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

/** Redis, whose first subscription to `channel` comes to what the test says. */
function redisFailing(channel: string, first: Promise<void>): TransportKind {
  let failed = false;
  const over = (transport: Transport): Transport => ({
    subscribe: (address) => {
      if (failed || address.channel !== channel) return transport.subscribe(address);
      failed = true;
      return first;
    },
    unsubscribe: (address) => transport.unsubscribe(address),
    publish: (address, message) => transport.publish(address, message),
    settle: () => transport.settle(),
    close: () => transport.close(),
  });
  return { ...redis, open: async (...args) => over(await redis.open(...args)) };
}

describe('a subscription that failed', () => {
  let broker: RunningServer;
  let store: RunningServer;
  let relay: Relay;
  let world: World;

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([broker.stop(), store.stop()]);
  });
  afterEach(async () => {
    await world.stop();
    await relay.close();
  });

  /** Bob signs in and is not heard until his node subscribes a second time. */
  async function signIn(first: Promise<void>): Promise<{ readonly bob: Promise<Client> }> {
    const kindOf = async () => redisFailing('u:bob', first);
    relay = await Relay.open(broker.port);
    world = await World.start({ nodes: 1, brokerPort: relay.port, storePort: store.port, kindOf });
    const bob = world.client('bob');
    await expect.poll(() => world.node(0).snapshot().subscriptions).toEqual({ u: 1, n: 1 });
    // The node has asked for its inbox; a cut takes only what the relay has seen to listen.
    await expect.poll(() => relay.listening).toBe(1);
    return { bob };
  }

  async function expectHeard(bob: Client): Promise<void> {
    expect(await bob.ask('message', { to: 'bob', text: 'hi' })).toMatchObject({ ok: true });
    expect(await world.texts(bob)).toEqual(['hi']);
    expect(world.node(0).health()).toMatchObject({ status: 'ok', brokers: { 'redis-1': 'ok' }, words: [] });
  }

  test('refuses whoever waits for it with its words, and is made again by the next', async () => {
    const first = deferred<void>();
    const { bob } = await signIn(first.promise);
    const refused = expect(bob).rejects.toThrow('[redis-1] did not confirm SUBSCRIBE');
    first.reject(unavailable('[redis-1] did not confirm SUBSCRIBE'));
    await refused;
    await expectHeard(await world.client('bob'));
  });

  test('does not show when it was made again before the failure was known', async () => {
    const first = deferred<void>();
    const { bob } = await signIn(first.promise);
    await relay.cut('listening');
    const connected = await bob;
    first.reject(unavailable('[redis-1] did not confirm SUBSCRIBE'));
    await expectHeard(connected);
  });
});
