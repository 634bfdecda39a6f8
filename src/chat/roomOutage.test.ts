import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roomForms } from '../plan/types.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { redisPauses, startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

const done = { ok: true };
const storeDown = { ok: false, error: 'rejected', reason: 'room store down' };

describe('rooms while something is away', () => {
  let broker: RunningServer;
  let store: RunningServer;
  /** Stands between the nodes and their store. */
  let relay: Relay;
  let admin: Redis;
  let world: World;

  beforeAll(async () => {
    broker = await startRedis();
  });
  beforeEach(async () => {
    store = await startRedis();
    relay = await Relay.open(store.port);
    admin = new Redis(store.port);
  });
  afterEach(async () => {
    await world.stop();
    await relay.close();
    admin.disconnect();
    await store.stop();
  });
  afterAll(() => broker.stop());

  function storesAre(state: string): Promise<void> {
    return expect.poll(() => world.nodes.map((node) => node.health().store)).toEqual(world.nodes.map(() => state));
  }

  /** Announcements are cut off until they are let through again; commands still work. */
  async function cutFeeds(): Promise<void> {
    relay.refuse();
    await relay.cut('listening');
    await storesAre('lost');
  }

  async function restoreFeeds(): Promise<void> {
    relay.accept();
    await storesAre('ok');
  }

  /** As a node does it whose announcements nobody here hears. */
  async function removeElsewhere(room: string, user: string): Promise<void> {
    const prefix = `bench:${world.run}:`;
    await admin.multi().srem(`${prefix}room:${room}`, user).srem(`${prefix}rooms-of:${user}`, room).exec();
  }

  test.each(roomForms)('nobody posts by a membership that may be over, nor gets what is no longer theirs: form %s', async (rooms) => {
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: relay.port, rooms });
    const [ann, bob, cid] = [await world.client('ann', 0), await world.client('bob', 1), await world.client('cid', 1)];
    await ann.ask('room:create', { room: 'den', members: ['bob', 'cid'] });
    expect(await ann.ask('post', { room: 'den', text: 'before' })).toMatchObject(done);
    expect(await bob.ask('post', { room: 'den', text: 'me too' })).toMatchObject(done);
    await cutFeeds();
    await removeElsewhere('den', 'bob');
    expect(await bob.ask('post', { room: 'den', text: 'still in?' })).toEqual(storeDown);
    expect(await ann.ask('post', { room: 'den', text: 'still there?' })).toEqual(storeDown);
    expect(await ann.ask('room:members', { room: 'den' })).toEqual(storeDown);
    expect(await ann.ask('room:add', { room: 'den', user: 'eve' })).toEqual(storeDown);
    await restoreFeeds();
    await world.settle();
    expect(await bob.ask('post', { room: 'den', text: 'still in?' })).toEqual({ ok: false, error: 'rejected', reason: 'not a member' });
    expect(await ann.ask('post', { room: 'den', text: 'after' })).toMatchObject(done);
    expect([...(await world.texts(cid))].sort()).toEqual(['after', 'before', 'me too']);
    expect([...(await world.texts(bob))].sort()).toEqual(['before', 'me too']);
  });

  test.skipIf(!redisPauses)('a room of which only the name was taken may have been made, and its owner can finish it', async () => {
    world = await World.start({ nodes: 1, brokerPort: broker.port, storePort: relay.port });
    const [ann, eve] = [await world.client('ann'), await world.client('eve')];
    await admin.call('CLIENT', 'PAUSE', '60000', 'WRITE');
    const half = ann.ask('room:create', { room: 'den', members: ['bob'] });
    await ann.ask('sync', {});
    await cutFeeds();
    await admin.call('CLIENT', 'UNPAUSE');
    expect(await half).toEqual({ ok: false, error: 'unknown', reason: 'room store down' });
    await restoreFeeds();
    const exists = { ok: false, error: 'rejected', reason: 'room exists' };
    expect(await eve.ask('room:create', { room: 'den', members: [] })).toEqual(exists);
    expect(await ann.ask('room:create', { room: 'den', members: ['bob'] })).toEqual(done);
    expect(await ann.ask('room:members', { room: 'den' })).toEqual({ ok: true, members: ['ann', 'bob'] });
    expect(await ann.ask('room:create', { room: 'den', members: ['eve'] })).toEqual(exists);
  });

  test('a subscription that a broker does not confirm holds up no other room', async () => {
    const doomed = await startRedis();
    world = await World.start({ nodes: 2, brokerPort: doomed.port, storePort: store.port, rooms: 'topic' });
    const [ann] = [await world.client('ann'), await world.client('bob', 1)];
    await ann.ask('room:create', { room: 'before', members: ['bob'] });
    await doomed.stop();
    await expect.poll(() => world.node(0).health().brokers).toEqual({ 'redis-1': 'lost' });
    const stuck = ann.ask('room:create', { room: 'den', members: [] });
    await expect.poll(() => admin.exists(`bench:${world.run}:room:den`)).toBe(1);
    expect(await ann.ask('room:remove', { room: 'before', user: 'bob' })).toEqual(done);
    expect(await stuck).toEqual({ ok: false, error: 'unknown', reason: 'subscription not confirmed' });
  });
});
