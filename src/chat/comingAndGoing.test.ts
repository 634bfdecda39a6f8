import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { mintToken } from './signIn.js';
import { Client } from './testing/client.js';
import { redisPauses, startRedis } from './testing/redis.js';
import { World, type WorldPlan } from './testing/world.js';

describe('who comes to a chat node, and who goes', () => {
  let broker: RunningServer;
  let store: RunningServer;
  let world: World | undefined;

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([broker.stop(), store.stop()]);
  });
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  async function start(plan: Partial<WorldPlan>): Promise<World> {
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port, ...plan });
    return world;
  }

  test('the acknowledged connect misses nothing: a message sent right after it arrives', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    for (let round = 0; round < 50; round++) {
      const bob = await world.client(`bob${round}`, 1);
      await ann.ask('message', { to: `bob${round}`, text: 'at once' });
      expect(await world.texts(bob)).toEqual(['at once']);
    }
  });

  test.runIf(redisPauses)('what arrives while a client is still connecting comes right after its connect', async () => {
    const world = await start({ nodes: 1, rooms: 'topic' });
    const ann = await world.client('ann');
    const admin = new Redis(store.port);
    await admin.client('PAUSE', 700);
    const bob = new Client(world.url(0), { token: await mintToken('bob', '0', world.tokenKey) });
    const connected = bob.connected();
    await expect.poll(() => world.node(0).snapshot().subscriptions).toMatchObject({ u: 2 });
    for (const text of ['one', 'two']) expect(await ann.ask('message', { to: 'bob', text })).toMatchObject({ ok: true });
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'offline' });
    expect(bob.socket.connected).toBe(false);
    await connected;
    await ann.ask('message', { to: 'bob', text: 'three' });
    expect(await world.texts(bob)).toEqual(['one', 'two', 'three']);
    bob.close();
    admin.disconnect();
  });

  test.runIf(redisPauses)('a client that goes while it is still connecting leaves nothing behind', async () => {
    const world = await start({ nodes: 1, rooms: 'topic' });
    const admin = new Redis(store.port);
    await admin.client('PAUSE', 500);
    const bob = new Client(world.url(0), { token: await mintToken('bob', '0', world.tokenKey) });
    await expect.poll(() => world.node(0).snapshot().subscriptions).toMatchObject({ u: 1 });
    bob.close();
    await expect.poll(() => world.node(0).snapshot().connections).toBe(0);
    await world.settle();
    expect(world.node(0).snapshot()).toMatchObject({ subscriptions: {}, subscribes: 2, unsubscribes: 2 });
    admin.disconnect();
  });

  test('who left gets nothing, and nobody listens for them any more', async () => {
    const world = await start({});
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    bob.close();
    await expect.poll(() => world.node(1).snapshot().connections).toBe(0);
    await world.settle();
    expect(world.node(1).snapshot()).toMatchObject({ subscriptions: {}, subscribes: 2, unsubscribes: 2 });
    expect(await ann.ask('message', { to: 'bob', text: 'late' })).toMatchObject({ ok: true });
    await world.settle();
    expect(bob.got).toEqual([]);
    expect(world.node(1).snapshot().kinds.chat.received).toBe(0);
  });

  test('draining tells clients, leaves subscriptions and takes nobody new', async () => {
    const world = await start({});
    const [ann, bob] = [await world.client('ann', 0), await world.client('bob', 1)];
    const gone = bob.disconnected();
    await world.node(1).drain('going home');
    await gone;
    expect(bob.byes).toEqual([{ reason: 'going home' }]);
    expect(world.node(1).snapshot()).toMatchObject({ connections: 0, subscriptions: {} });
    await expect(world.client('eve', 1)).rejects.toThrow('websocket error');
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'offline' });
    world.nodes.pop();
  });
});
