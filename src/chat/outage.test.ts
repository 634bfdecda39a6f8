import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

describe('a node whose broker goes', () => {
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

  /** The relay stands between the nodes and their broker: it is away until it is told otherwise, however quick the nodes are. */
  async function start(port: number): Promise<void> {
    relay = await Relay.open(port);
    world = await World.start({ nodes: 2, brokerPort: relay.port, storePort: store.port });
  }

  const states = () => world.nodes.map((node) => node.health().status);

  test('says that nothing happened or that it does not know, and lives', async () => {
    const doomed = await startRedis();
    await start(doomed.port);
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    expect((await fetch(`${world.url(0)}/healthz`)).status).toBe(200);
    const sending = Array.from({ length: 200 }, (_, index) => ann.ask('message', { to: 'bob', text: String(index) }));
    await doomed.stop();
    const replies = await Promise.all(sending);
    expect(replies.every((reply) => reply.ok || ['rejected', 'unknown'].includes(reply.error))).toBe(true);
    await expect.poll(states).toEqual(['degraded', 'degraded']);
    expect(await ann.ask('message', { to: 'bob', text: 'lost' })).toEqual({ ok: false, error: 'rejected', reason: 'broker refused' });
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'unknown' });
    const health = await fetch(`${world.url(0)}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: 'degraded', brokers: { 'redis-1': 'lost' }, store: 'ok' }]);
    const texts = await bob.texts();
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('hears everything again when the connection is back', async () => {
    await start(broker.port);
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    await relay.away();
    await expect.poll(states).toEqual(['degraded', 'degraded']);
    relay.accept();
    await expect.poll(states).toEqual(['ok', 'ok']);
    await world.settle();
    expect(await ann.ask('message', { to: 'bob', text: 'hi' })).toMatchObject({ ok: true });
    expect(await world.texts(bob)).toEqual(['hi']);
  });
});
