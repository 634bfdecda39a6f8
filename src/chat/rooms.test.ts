import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { roomForms } from '../plan/types.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { removeOwnKeys } from './roomStore.js';
import { redisWays } from './testing/redis.js';
import { World } from './testing/world.js';

const done = { ok: true };
const notMember = { ok: false, error: 'rejected', reason: 'not a member' };

describe.each(redisWays)('rooms on $name', ({ start: startRedis }) => {
  let broker: RunningServer;
  let store: RunningServer;
  let admin: Redis;
  let world: World;

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
    admin = new Redis(store.port);
  });
  afterAll(async () => {
    admin.disconnect();
    await Promise.all([broker.stop(), store.stop()]);
  });
  afterEach(async () => {
    await world.stop();
    await removeOwnKeys(`redis://127.0.0.1:${store.port}`, world.run);
    expect(await admin.dbsize()).toBe(0);
  });

  describe.each(roomForms)('in the form %s', (rooms) => {
    async function start(): Promise<World> {
      world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port, rooms });
      return world;
    }

    test('a post goes to every socket of every member once, the sender included, and to nobody else', async () => {
      const world = await start();
      const members = [
        await world.client('ann', 0),
        await world.client('ann', 1, '1'),
        await world.client('bob', 1),
        await world.client('cid', 1),
      ];
      const [ann] = members;
      const eve = await world.client('eve', 1);
      expect(await ann?.ask('room:create', { room: 'den', members: ['bob', 'cid', 'bob'] })).toEqual(done);
      expect(await ann?.ask('post', { room: 'den', text: 'hi' })).toMatchObject(done);
      for (const member of members) expect(await world.texts(member)).toEqual(['hi']);
      expect(await world.texts(eve)).toEqual([]);
      expect(ann?.got).toMatchObject([{ from: 'ann', room: 'den', text: 'hi' }]);
    });

    test('the creator may post as soon as the room is acknowledged', async () => {
      const world = await start();
      const ann = await world.client('ann');
      for (let index = 0; index < 20; index++) {
        await ann.ask('room:create', { room: `room${index}`, members: [] });
        await ann.ask('post', { room: `room${index}`, text: String(index) });
      }
      expect(await world.texts(ann)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
    });

    test('a room is made once, whoever tries', async () => {
      const world = await start();
      const clients = [await world.client('ann', 0), await world.client('bob', 1), await world.client('cid', 1)];
      const replies = await Promise.all(clients.map((client) => client.ask('room:create', { room: 'den', members: [] })));
      expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
      expect(replies.filter((reply) => !reply.ok && reply.reason === 'room exists')).toHaveLength(2);
    });

    test('strangers may neither post nor change nor look into a room, whether it exists or not', async () => {
      const world = await start();
      const [ann, eve] = [await world.client('ann'), await world.client('eve', 1)];
      await ann.ask('room:create', { room: 'den', members: ['bob'] });
      for (const room of ['den', 'nowhere']) {
        expect(await eve.ask('post', { room, text: 'hi' })).toEqual(notMember);
        expect(await eve.ask('room:add', { room, user: 'eve' })).toEqual(notMember);
        expect(await eve.ask('room:remove', { room, user: 'ann' })).toEqual(notMember);
        expect(await eve.ask('room:members', { room })).toEqual(notMember);
      }
      expect(await eve.ask('room:list', {})).toEqual({ ok: true, rooms: [] });
      expect(await ann.ask('room:members', { room: 'den' })).toEqual({ ok: true, members: ['ann', 'bob'] });
      expect(await world.texts(ann)).toEqual([]);
    });

    test('who is added hears the next post and may post, who is removed no longer, on every node', async () => {
      const world = await start();
      const [ann, bob] = [await world.client('ann', 0), await world.client('bob', 1)];
      await ann.ask('room:create', { room: 'den', members: [] });
      expect(await ann.ask('post', { room: 'den', text: 'alone' })).toMatchObject(done);
      expect(await bob.ask('post', { room: 'den', text: 'no' })).toEqual(notMember);
      expect(await ann.ask('room:add', { room: 'den', user: 'bob' })).toEqual(done);
      expect(await bob.ask('post', { room: 'den', text: 'both' })).toMatchObject(done);
      expect(await bob.ask('room:list', {})).toEqual({ ok: true, rooms: ['den'] });
      expect(await ann.ask('room:remove', { room: 'den', user: 'bob' })).toEqual(done);
      expect(await ann.ask('post', { room: 'den', text: 'alone again' })).toMatchObject(done);
      expect(await bob.ask('post', { room: 'den', text: 'no' })).toEqual(notMember);
      expect(await world.texts(ann)).toEqual(['alone', 'both', 'alone again']);
      expect(await world.texts(bob)).toEqual(['both']);
      const { subscriptions } = world.node(1).snapshot();
      expect(subscriptions).toEqual({ u: 1, n: 1 });
    });

    test('who signs in later hears the rooms they are in', async () => {
      const world = await start();
      const ann = await world.client('ann');
      await ann.ask('room:create', { room: 'den', members: ['bob'] });
      const bob = await world.client('bob', 1);
      await ann.ask('post', { room: 'den', text: 'hi' });
      expect(await world.texts(bob)).toEqual(['hi']);
    });

    test('a change that a node missed while its store was cut off is caught up with', async () => {
      const relay = await Relay.open(store.port);
      world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: relay.port, rooms });
      const [ann, bob] = [await world.client('ann', 0), await world.client('bob', 1)];
      await ann.ask('room:create', { room: 'den', members: ['cid'] });
      await ann.ask('post', { room: 'den', text: 'before' });
      const key = `bench:${world.run}:`;
      await relay.away();
      await expect.poll(() => world.nodes.map((node) => node.health().store)).toEqual(['lost', 'lost']);
      const missed = admin.multi().sadd(`${key}room:den`, 'bob').sadd(`${key}rooms-of:bob`, 'den');
      await missed.sadd(`${key}keys`, `${key}rooms-of:bob`).exec();
      relay.accept();
      await expect.poll(() => world.nodes.map((node) => node.health().store)).toEqual(['ok', 'ok']);
      await world.settle();
      await ann.ask('post', { room: 'den', text: 'after' });
      expect(await world.texts(bob)).toEqual(['after']);
      await world.stop();
      await relay.close();
    });
  });

  test('without its store a node refuses what needs it, and nothing else', async () => {
    const doomed = await startRedis();
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: doomed.port });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    await ann.ask('room:create', { room: 'den', members: ['bob'] });
    await doomed.stop();
    await expect.poll(() => world.node(0).health().store).toBe('lost');
    const storeDown = { ok: false, error: 'rejected', reason: 'room store down' };
    expect(await ann.ask('room:create', { room: 'lair', members: [] })).toEqual(storeDown);
    expect(await ann.ask('room:add', { room: 'den', user: 'eve' })).toEqual(storeDown);
    expect(await ann.ask('room:list', {})).toEqual(storeDown);
    expect(await bob.ask('post', { room: 'den', text: 'hi' })).toEqual(storeDown);
    expect(await ann.ask('message', { to: 'bob', text: 'still here' })).toMatchObject(done);
    await expect(world.node(0).settle()).rejects.toThrow('[n0] the room store does not answer');
    await expect.poll(() => bob.got.map(({ text }) => text)).toEqual(['still here']);
  });
});
