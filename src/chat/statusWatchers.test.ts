import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeFrame } from '../transports/frame.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import type { Status } from './protocol.js';
import type { Client } from './testing/client.js';
import { redisWays } from './testing/redis.js';
import { lastOf, watched } from './testing/watching.js';
import { channelPerTopic, noBroker, oneChannel, World, type WorldPlan } from './testing/world.js';

describe.each(redisWays)('watching through $name', ({ start: startWay }) => {
  let redis: RunningServer;
  let world: World;

  beforeAll(async () => {
    redis = await startWay();
  });
  afterAll(() => redis.stop());
  afterEach(() => world.stop());

  async function start(plan: Partial<WorldPlan>): Promise<World> {
    world = await World.start({ nodes: 3, brokerPort: redis.port, storePort: redis.port, ...plan });
    return world;
  }

  test.each([
    ['a channel per topic', channelPerTopic, 3],
    ['one channel', oneChannel, 3],
    ['no broker', noBroker, 1],
  ])('a watcher is answered with what is, and told what changes: %s', async (_title, route, nodes) => {
    const world = await start({ route, nodes });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', nodes - 1)];
    expect(await watched(ann, 'bob', 'cid', 'ann')).toEqual(['bob online', 'cid offline', 'ann online']);
    const cid = await world.client('cid', nodes - 1);
    await expect.poll(() => ann.changes).toEqual(['cid online']);
    bob.close();
    cid.close();
    await expect.poll(() => [lastOf(ann, 'bob'), lastOf(ann, 'cid')]).toEqual(['bob offline', 'cid offline']);
    expect(ann.changes).toHaveLength(3);
  });

  test('who watches no more is told nothing, and the node listens no more', async () => {
    const world = await start({});
    const [ann, eve] = [await world.client('ann'), await world.client('eve')];
    await watched(ann, 'bob', 'cid');
    await watched(eve, 'bob');
    expect(world.node(0).snapshot().subscriptions).toEqual({ u: 2, n: 1, s: 2 });
    expect(await ann.ask('unwatch', { users: ['bob', 'cid', 'nobody'] })).toEqual({ ok: true });
    await world.client('bob', 1);
    await expect.poll(() => eve.changes).toEqual(['bob online']);
    await ann.ask('sync', {});
    expect(ann.changes).toEqual([]);
    expect(world.node(0).snapshot().subscriptions).toEqual({ u: 2, n: 1, s: 1 });
    eve.close();
    await expect.poll(() => world.node(0).snapshot().subscriptions).toEqual({ u: 1, n: 1 });
  });

  test('with several sockets on several nodes, only the last to go makes a user offline', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    expect(await watched(ann, 'bob')).toEqual(['bob offline']);
    const bobs = [
      await world.client('bob', 1),
      await world.client('bob', 1, '1'),
      await world.client('bob', 2, '2'),
      await world.client('bob', 0, '3'),
    ];
    for (const bob of bobs.slice(1)) {
      bob.close();
      await bob.disconnected();
    }
    await expect.poll(() => world.nodes.map((node) => node.snapshot().connections)).toEqual([1, 1, 0]);
    await world.settle();
    await ann.ask('sync', {});
    expect(ann.changes).toEqual(['bob online']);
    bobs[0]?.close();
    await expect.poll(() => ann.changes).toEqual(['bob online', 'bob offline']);
  });

  test('costs a notice per coming and going, and a question per change that is watched', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    const connect = await world.growth('presence', () => world.client('cid', 1));
    expect(connect.map(({ published, received }) => [published, received])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    await watched(ann, 'bob');
    const watchedComing = await world.growth('presence', () => world.client('bob', 1));
    expect(watchedComing).toMatchObject([
      { fromClients: 0, published: 1, received: 2, useful: 2, wasted: 0, deliveredToSockets: 0 },
      { published: 2, received: 1, useful: 1, wasted: 0 },
      { published: 0, received: 0 },
    ]);
    expect(await world.growth('chat', () => world.client('dan', 1))).toMatchObject([{ published: 0 }, { published: 0 }, { published: 0 }]);
  });

  test('one socket may watch only so many, and a refused request changes nothing', async () => {
    const world = await start({ nodes: 1, limits: { watchedMax: 3 } });
    const ann = await world.client('ann');
    expect(await watched(ann, 'bob', 'bob', 'cid')).toEqual(['bob offline', 'bob offline', 'cid offline']);
    const refusal = { ok: false, error: 'rejected', reason: 'too many watched' };
    expect(await ann.ask('watch', { users: ['dan', 'eve'] })).toEqual(refusal);
    expect(world.node(0).snapshot().subscriptions).toMatchObject({ s: 2 });
    await ann.ask('unwatch', { users: ['bob'] });
    expect(await watched(ann, 'dan', 'eve', 'cid')).toEqual(['dan offline', 'eve offline', 'cid offline']);
    ann.close();
    await expect.poll(() => world.node(0).snapshot().subscriptions).toEqual({});
  });

  test('what is no notice is junk, and whoever says one without a reason changes nothing', async () => {
    const world = await start({ nodes: 1 });
    const ann = await world.client('ann');
    expect(await watched(ann, 'ann', 'bob')).toEqual(['ann online', 'bob offline']);
    const stranger = new Redis(redis.port);
    const say = (user: string, body: string) => {
      const message = { kind: 'presence', id: 'n9-1', view: 1, topics: [`s:${user}`], body: Buffer.from(body) } as const;
      return stranger.publish(`bench:${world.run}:s:${user}`, encodeFrame(message, world.frameKey));
    };
    for (const body of ['', 'null', '[]', '{}', '{"up":1}', '2["message",{}]', `{"up":true,"x":"${'x'.repeat(2000)}"}`])
      expect(await say('bob', body)).toBe(1);
    await world.settle();
    expect(world.node(0).snapshot().brokers['redis-1']?.junk).toBe(7);
    await say('ann', '{"up":false}');
    await say('bob', '{"up":true}');
    await expect.poll(() => ann.changes).toEqual(['bob online', 'bob offline']);
    stranger.disconnect();
  });

  test('nobody knows at first: asked again until somebody does', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    const stranger = new Redis(redis.port);
    await stranger.subscribe(`bench:${world.run}:u:bob`);
    expect(await watched(ann, 'bob')).toEqual(['bob unknown']);
    await stranger.unsubscribe();
    await expect.poll(() => ann.changes, { timeout: 5000 }).toEqual(['bob offline']);
    stranger.disconnect();
  });

  test.each([
    ['a channel per topic', channelPerTopic],
    ['one channel', oneChannel],
  ])('whoever comes, goes and moves between nodes ends as what they are for every watcher: %s', async (_title, route) => {
    const world = await start({ route });
    const watchers = [await world.client('ann', 0), await world.client('eve', 1)];
    const users = ['bob', 'cid', 'dan'];
    for (const watcher of watchers) await watched(watcher, ...users);
    const here = new Map<string, Client>();
    const toggle = async (user: string, node: number, device: number) => {
      const name = `${user} ${node}`;
      const before = here.get(name);
      if (before === undefined) here.set(name, await world.client(user, node, `${device}`));
      else before.close();
      if (before !== undefined) here.delete(name);
    };
    const move = async (user: string, seed: number) => {
      const visits = fc.sample(fc.nat(2), { numRuns: 60, seed });
      for (const [index, node] of visits.entries()) await toggle(user, node, index);
    };
    await Promise.all(users.map((user, index) => move(user, index)));
    await expect.poll(() => world.nodes.map((node) => node.snapshot().connections)).toEqual(countByNode(here));
    const now = (user: string): Status =>
      users.includes(user) && [...here.keys()].some((name) => name.startsWith(user)) ? 'online' : 'offline';
    const expected = users.map((user) => `${user} ${now(user)}`);
    for (const watcher of watchers) {
      const told = () => users.map((user) => lastOf(watcher, user) ?? `${user} offline`);
      await expect.poll(told, { timeout: 10_000 }).toEqual(expected);
      await world.settle();
      expect(await watched(watcher, ...users)).toEqual(expected);
      expect(told()).toEqual(expected);
    }
  });
});

/** Clients by node, the watchers on the first two included. */
function countByNode(here: ReadonlyMap<string, Client>): number[] {
  return [1, 1, 0].map((watchers, node) => watchers + [...here.keys()].filter((name) => name.endsWith(` ${node}`)).length);
}
