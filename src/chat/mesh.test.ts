import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import directoryHash from '../../strategies/directory-hash.js';
import meshReplicated from '../../strategies/mesh-replicated.js';
import nodeInbox from '../../strategies/node-inbox.js';
import type { Routing, Topology } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { memoryMesh } from './testing/memoryMesh.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

const strategies: readonly (readonly [string, (topology: Topology) => Routing, redis: boolean])[] = [
  ['directory-hash', directoryHash.route, false],
  ['mesh-replicated', meshReplicated.route, false],
  ['node-inbox', nodeInbox.route, true],
];

describe.each(strategies)('nodes that speak to each other, by %s', (_name, route, redis) => {
  let store: RunningServer;
  let broker: RunningServer;
  let world: World;

  beforeAll(async () => {
    [store, broker] = await Promise.all([startRedis(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([store.stop(), broker.stop()]);
  });
  afterEach(() => world.stop());

  async function start(nodes: number): Promise<void> {
    const mesh = memoryMesh();
    const kindOf = async (kind: string) => (kind === 'node' ? mesh : transportKind(kind));
    const brokers = redis ? {} : { brokers: [], places: [] };
    world = await World.start({ nodes, brokerPort: broker.port, storePort: store.port, mesh: true, route, kindOf, ...brokers });
  }

  const sumOf = (figures: readonly number[]) => figures.reduce((sum, figure) => sum + figure, 0);

  /** What the others say they put to a node, or got from it, and what it says of itself. */
  function balance(): readonly (readonly [others: number, itself: number])[] {
    const snapshots = world.nodes.map((node) => node.snapshot());
    return snapshots.flatMap(({ asBroker }, index) =>
      (['in', 'out'] as const).map((direction) => {
        const others = snapshots.map(({ brokers }) => brokers[`n${index}`]?.kinds.directory[direction] ?? 0);
        return [sumOf(others), asBroker.directory[direction]] as const;
      }),
    );
  }

  test('every message reaches its user once, wherever they are, in order, and who has left is offline', async () => {
    await start(3);
    const [ann, bob, bobToo] = [await world.client('ann', 0), await world.client('bob', 1), await world.client('bob', 2, '1')];
    const texts = Array.from({ length: 50 }, (_, index) => String(index));
    const replies = await Promise.all(texts.map((text) => ann.ask('message', { to: 'bob', text })));
    expect(replies.filter(({ ok }) => !ok)).toEqual([]);
    expect([await world.texts(bob), await world.texts(bobToo)]).toEqual([texts, texts]);
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'online' });
    for (const client of [bob, bobToo]) client.close();
    await expect.poll(() => world.nodes.slice(1).map((node) => node.snapshot().connections)).toEqual([0, 0]);
    await world.settle();
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'offline' });
    expect(await ann.ask('message', { to: 'bob', text: 'late' })).toMatchObject({ ok: true });
    await world.settle();
    for (const [others, itself] of balance()) expect(itself).toBe(others);
  });

  test('a connect is acknowledged when everybody who sends knows of it', async () => {
    await start(3);
    const senders = [await world.client('ann', 0), await world.client('eve', 1), await world.client('cid', 2)];
    for (let round = 0; round < 20; round++) {
      for (const sender of senders) expect(await sender.ask('message', { to: 'bob', text: 'nobody' })).toMatchObject({ ok: true });
      const bob = await world.client('bob', round % 3);
      await Promise.all(senders.map((sender) => sender.ask('message', { to: 'bob', text: String(round) })));
      expect(await world.texts(bob)).toEqual([String(round), String(round), String(round)]);
      bob.close();
      await expect.poll(() => world.nodes.map((node) => node.snapshot().connections)).toEqual([1, 1, 1]);
      await world.settle();
    }
  });

  test('a place that is gone rejects what needs it, and a view without it heals that', async () => {
    await start(3);
    const ann = await world.client('ann', 0);
    const bob = await world.client('bob', 1);
    const gone = world.nodes.pop();
    await gone?.drain('going');
    const users = Array.from({ length: 20 }, (_, index) => `user${index}`);
    const replies = await Promise.all(users.map((to) => ann.ask('message', { to, text: 'hi' })));
    expect(replies.every((reply) => reply.ok || reply.error === 'rejected')).toBe(true);
    await world.view({ version: 2, nodes: ['n0', 'n1'], brokers: redis ? [{ id: 'redis-1', kind: 'redis' }] : [] });
    for (const node of world.nodes) node.clean(2);
    const healed = await Promise.all([...users, 'bob'].map((to) => ann.ask('message', { to, text: 'healed' })));
    expect(healed.filter(({ ok }) => !ok)).toEqual([]);
    expect(await world.texts(bob)).toEqual(['healed']);
    expect(world.nodes.map((node) => node.health().status)).toEqual(['ok', 'ok']);
  });
});
