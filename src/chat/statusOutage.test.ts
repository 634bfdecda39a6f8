import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import type { Client } from './testing/client.js';
import { redisWays } from './testing/redis.js';
import { lastOf, watched } from './testing/watching.js';
import { World } from './testing/world.js';

describe.each(redisWays)('watching while a broker or a node is lost, through $name', ({ start: startWay }) => {
  let redis: RunningServer;
  let world: World;

  beforeAll(async () => {
    redis = await startWay();
  });
  afterAll(() => redis.stop());
  afterEach(() => world.stop());

  /** Three nodes, of which one has a relay between it and its broker. */
  async function startBehind(relay: Relay, behind: number): Promise<World> {
    const brokerPortOf = (node: number) => (node === behind ? relay.port : redis.port);
    world = await World.start({ nodes: 3, brokerPort: redis.port, storePort: redis.port, brokerPortOf });
    return world;
  }

  test('when a node leaves the view, its users are offline for every watcher, and no other user is', async () => {
    const relay = await Relay.open(redis.port);
    const world = await startBehind(relay, 2);
    const watchers = [await world.client('ann', 0), await world.client('eve', 1)];
    await world.client('bob', 2);
    await world.client('cid', 2);
    await world.client('cid', 1, '1');
    for (const watcher of watchers)
      expect(await watched(watcher, 'ann', 'bob', 'cid', 'eve')).toEqual(['ann online', 'bob online', 'cid online', 'eve online']);
    await relay.away();
    const left = { version: 2, nodes: ['n0', 'n1'], brokers: [{ id: 'redis-1', kind: 'redis' }] };
    const staying = world.nodes.slice(0, 2);
    await Promise.all(staying.map((node) => node.view(left)));
    for (const node of staying) node.switch(2);
    await expect.poll(() => watchers.map(({ changes }) => changes)).toEqual([['bob offline'], ['bob offline']]);
    await world.node(0).settle();
    await world.node(1).settle();
    expect(await watched(watchers[0] as Client, 'ann', 'cid', 'eve')).toEqual(['ann online', 'cid online', 'eve online']);
    relay.accept();
    await expect.poll(() => world.node(2).health().status).toBe('ok');
    await relay.close();
  });

  test('a change that was missed while the broker was lost is noticed when it is back', async () => {
    const relay = await Relay.open(redis.port);
    const world = await startBehind(relay, 0);
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    expect(await watched(ann, 'bob', 'cid')).toEqual(['bob online', 'cid offline']);
    await relay.away();
    bob.close();
    await world.client('cid', 1);
    await expect.poll(() => world.node(1).snapshot().kinds.presence.published).toBeGreaterThanOrEqual(3);
    relay.accept();
    await expect.poll(() => [lastOf(ann, 'bob'), lastOf(ann, 'cid')], { timeout: 10_000 }).toEqual(['bob offline', 'cid online']);
    await relay.close();
  });

  test('a notice that could not be said does not refuse the sign-in, and is said later', async () => {
    const relay = await Relay.open(redis.port);
    const world = await startBehind(relay, 2);
    const ann = await world.client('ann');
    await world.client('eve', 2);
    expect(await watched(ann, 'bob')).toEqual(['bob offline']);
    relay.refuse();
    await relay.cut('publishing');
    await expect.poll(() => world.node(2).health().status).toBe('degraded');
    const bob = await world.client('bob', 2);
    expect(await ann.ask('message', { to: 'bob', text: 'hi' })).toMatchObject({ ok: true });
    expect(
      await world
        .node(0)
        .settle()
        .then(() => bob.texts()),
    ).toEqual(['hi']);
    expect(await bob.ask('message', { to: 'ann', text: 'hi' })).toEqual({ ok: false, error: 'rejected', reason: 'broker refused' });
    expect(ann.changes).toEqual([]);
    relay.accept();
    await expect.poll(() => ann.changes, { timeout: 10_000 }).toEqual(['bob online']);
    await relay.close();
  });
});
