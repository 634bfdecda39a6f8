import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startRedisServer } from '../transports/testing/redisServer.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { World } from './testing/world.js';

describeWith(findServer('redis-server'), 'a node whose broker goes', (path) => {
  let store: RunningServer;
  let world: World;

  beforeAll(async () => {
    store = await startRedisServer(path);
  });
  afterAll(() => store.stop());
  afterEach(() => world.stop());

  test('says that nothing happened or that it does not know, and lives', async () => {
    const broker = await startRedisServer(path);
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    expect((await fetch(`${world.url(0)}/healthz`)).status).toBe(200);
    const sending = Array.from({ length: 200 }, (_, index) => ann.ask('message', { to: 'bob', text: String(index) }));
    await broker.stop();
    const replies = await Promise.all(sending);
    expect(replies.every((reply) => reply.ok || ['rejected', 'unknown'].includes(reply.error))).toBe(true);
    await expect.poll(() => world.nodes.map((node) => node.health().status)).toEqual(['degraded', 'degraded']);
    expect(await ann.ask('message', { to: 'bob', text: 'lost' })).toEqual({ ok: false, error: 'rejected', reason: 'broker refused' });
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'unknown' });
    const health = await fetch(`${world.url(0)}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: 'degraded', brokers: { 'redis-1': 'lost' }, store: 'ok' }]);
    const texts = await bob.texts();
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('hears everything again when the connection is back', async () => {
    const broker = await startRedisServer(path);
    const admin = new Redis(broker.port);
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect.poll(() => world.nodes.map((node) => node.health().status)).toEqual(['degraded', 'degraded']);
    await expect.poll(() => world.nodes.map((node) => node.health().status)).toEqual(['ok', 'ok']);
    await world.settle();
    expect(await ann.ask('message', { to: 'bob', text: 'hi' })).toMatchObject({ ok: true });
    expect(await world.texts(bob)).toEqual(['hi']);
    admin.disconnect();
    await world.stop();
    await broker.stop();
  });
});
