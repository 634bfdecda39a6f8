import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { redis } from '../transports/redis/index.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { ChatNode } from './node.js';
import { redisPauses, startRedis } from './testing/redis.js';
import { World, type WorldPlan } from './testing/world.js';

describe('what a node counts', () => {
  let broker: RunningServer;
  let store: RunningServer;
  let world: World;

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([broker.stop(), store.stop()]);
  });
  afterEach(() => world.stop());

  async function start(plan: Partial<WorldPlan>): Promise<World> {
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port, ...plan });
    return world;
  }

  /** A node that refuses who is not signed in after 600 ms. */
  async function startHasty(plan: Partial<WorldPlan>): Promise<World> {
    world = new World();
    const parts = world.parts({ nodes: 1, brokerPort: broker.port, storePort: store.port, ...plan }, 0);
    const node = await ChatNode.start({ ...parts, signInWithinMs: 600 });
    world.nodes.push(node);
    world.urls.push(await node.listen());
    await world.view(parts.topology);
    return world;
  }

  test('a publish that was refused is none, for the broker and for the node', async () => {
    const world = await start({ limits: { queuedMessages: 10 } });
    const [ann] = [await world.client('ann'), await world.client('bob', 1)];
    const counted = () => redis.counters({ id: 'redis-1', url: `redis://127.0.0.1:${broker.port}` });
    const { in: before } = await counted();
    const replies = await Promise.all(Array.from({ length: 100 }, () => ann.ask('message', { to: 'bob', text: 'x' })));
    const taken = replies.filter(({ ok }) => ok).length;
    await world.settle();
    expect(taken).toBeGreaterThanOrEqual(10);
    expect(taken).toBeLessThan(100);
    expect((await counted()).in).toBe((before ?? 0) + taken);
    expect(world.node(0).snapshot()).toMatchObject({
      kinds: { chat: { fromClients: 100, published: taken } },
      brokers: { 'redis-1': { receipts: taken, kinds: { chat: { in: taken } } } },
    });
  });

  test.skipIf(!redisPauses)('what was held for a client whose sign-in failed is not delivered', async () => {
    const world = await startHasty({ rooms: 'topic' });
    const ann = await world.client('ann');
    const admin = new Redis(store.port);
    await admin.client('PAUSE', 1500);
    admin.disconnect();
    const signedIn = expect(world.client('bob')).rejects.toThrow('subscription not confirmed');
    await expect.poll(() => world.node(0).snapshot().subscriptions).toMatchObject({ u: 2 });
    for (const text of ['one', 'two']) expect(await ann.ask('message', { to: 'bob', text })).toMatchObject({ ok: true });
    // The broker answers a publish on another connection than the one that it hands the message to.
    await expect.poll(() => world.node(0).snapshot().kinds.chat.deliveredToSockets, { interval: 5 }).toBe(2);
    await signedIn;
    expect(world.node(0).snapshot().kinds.chat).toMatchObject({ received: 2, useful: 2, deliveredToSockets: 0 });
  });

  test('a client whose subscription is not confirmed in time is told so', async () => {
    const relay = await Relay.open(broker.port);
    const world = await startHasty({ brokerPort: relay.port });
    await world.client('ann');
    relay.hold();
    await expect(world.client('bob')).rejects.toThrow('subscription not confirmed');
    expect(world.node(0).snapshot()).toMatchObject({ refused: { 'subscription not confirmed': 1 } });
    relay.release();
    await world.settle();
    await world.stop();
    await relay.close();
  });

  test('what comes for a connection that is being closed is not delivered', async () => {
    const world = await start({ limits: { unsentBytes: 50_000_000 } });
    const [ann, slow] = [await world.client('ann'), await world.client('slow', 1)];
    const engine = slow.socket.io.engine as unknown as { transport: { ws: { pause(): void } } };
    engine.transport.ws.pause();
    for (let sent = 0; sent < 150; sent++) await ann.ask('message', { to: 'slow', text: 'x'.repeat(60_000) });
    const [node] = world.nodes.splice(1);
    // An acknowledgement says that the broker took it, not that it has come here.
    await node?.settle();
    const drained = node?.drain('test');
    await ann.ask('sync', {});
    expect(await ann.ask('message', { to: 'slow', text: 'late' })).toMatchObject({ ok: true });
    await expect.poll(() => node?.snapshot().kinds.chat.received).toBe(151);
    expect(node?.snapshot()).toMatchObject({ connections: 1, kinds: { chat: { useful: 151, deliveredToSockets: 150 } } });
    await drained;
  });
});
