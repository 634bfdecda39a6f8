import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startRedisServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { deferred } from './pending.js';
import type { Refused } from './refused.js';
import { confirmTimeoutMs, type FeedHooks } from './roomFeed.js';
import type { Change } from './roomNotices.js';
import { RoomStore, removeOwnKeys, storeSettings } from './roomStore.js';
import { startRedis } from './testing/redis.js';

const nothingFollows: FeedHooks = { changed: async () => {}, lost() {}, resumed: async () => {} };

function adding(room: string, user: string): Change {
  return { room, added: [user], removed: [] };
}

describe('the store of rooms', () => {
  let server: RunningServer;
  let admin: Redis;
  const stores: RoomStore[] = [];

  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.port);
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  async function open(hooks: FeedHooks, node = 'n0', port = server.port): Promise<RoomStore> {
    const store = new RoomStore(`redis://127.0.0.1:${port}`, 'test', node, hooks);
    stores.push(store);
    await store.open();
    return store;
  }

  test('makes no key that stays when nobody removes it', async () => {
    const rooms = await open(nothingFollows);
    await rooms.create('mortal', 'ann', ['ann', 'bob']);
    await rooms.change({ room: 'mortal', added: ['cid'], removed: ['bob'] });
    const keys = await admin.keys('bench:test:*');
    expect(keys.length).toBeGreaterThan(3);
    const lives = await Promise.all(keys.map((key) => admin.ttl(key)));
    expect(lives.filter((seconds) => seconds <= 0 || seconds > storeSettings.keysLiveSeconds)).toEqual([]);
  });

  test('a change that cannot be followed holds up its own room and no other, and is not blamed on the store', async () => {
    const released = deferred<void>();
    const store = await open({ ...nothingFollows, changed: ({ room }) => (room === 'stuck' ? released.promise : Promise.resolve()) });
    const held = Promise.allSettled([store.change(adding('stuck', 'ann')), store.change(adding('stuck', 'bob')), store.fence()]);
    await store.change(adding('den', 'ann'));
    expect(await Promise.race([held, 'held'])).toBe('held');
    expect(await held).toMatchObject([
      { reason: { outcome: 'unknown', reason: 'subscription not confirmed' } },
      { reason: { outcome: 'unknown', reason: 'subscription not confirmed' } },
      { reason: { message: expect.stringMatching(/^\[n0\] acts not yet by all changes of rooms .* subscriptions/) } },
    ]);
    released.resolve();
    await store.fence();
  });

  test('a change waits for earlier ones of its room', async () => {
    const first = deferred<void>();
    const store = await open({ ...nothingFollows, changed: ({ added }) => (added.includes('ann') ? first.promise : Promise.resolve()) });
    const order: string[] = [];
    const changes = ['ann', 'bob'].map((user) => store.change(adding('den', user)).then(() => order.push(user)));
    const other = store.change(adding('lair', 'cid')).then(() => order.push('cid'));
    await other;
    first.resolve();
    await Promise.all(changes);
    expect(order).toEqual(['cid', 'ann', 'bob']);
  });

  test('a change costs one notice to all, and one confirmation of each other node of the view to the announcer alone', async () => {
    const [announcer] = [await open(nothingFollows), await open(nothingFollows, 'n1'), await open(nothingFollows, 'n2')];
    announcer.view(['n0', 'n1', 'n2']);
    const ear = new Redis(server.port);
    const heard: string[] = [];
    ear.on('pmessage', (_pattern, channel: string) => heard.push(channel));
    await ear.psubscribe('bench:test:rooms*');
    await announcer.change(adding('den', 'ann'));
    await announcer.fence();
    await ear.ping();
    expect(heard).toEqual(['bench:test:rooms', 'bench:test:rooms:n:n0', 'bench:test:rooms:n:n0', 'bench:test:rooms']);
    expect(await admin.pubsub('NUMSUB', 'bench:test:rooms:n:n0')).toEqual(['bench:test:rooms:n:n0', 1]);
    ear.disconnect();
  });

  test('a change that a node of the view does not confirm in time is unknown, and holds up nothing else', async () => {
    const store = await open(nothingFollows);
    store.view(['n0', 'n1']);
    const change = Promise.allSettled([store.change(adding('den', 'ann'))]);
    await store.fence();
    store.view(['n0']);
    expect(await change).toMatchObject([{ status: 'fulfilled' }]);
    store.view(['n0', 'n1']);
    await expect(store.change(adding('den', 'bob'))).rejects.toMatchObject({ outcome: 'unknown', reason: 'node did not confirm' });
    expect(await store.members('den')).toEqual(expect.arrayContaining(['ann', 'bob']));
  });

  test('who can no longer hear confirmations is told at once', async () => {
    const relay = await Relay.open(server.port);
    const changed = deferred<void>();
    const store = await open({ ...nothingFollows, changed: async () => changed.resolve() }, 'n0', relay.port);
    store.view(['n0', 'n1']);
    const change = Promise.race([store.change(adding('den', 'ann')), setTimeout(confirmTimeoutMs / 2, 'held')]);
    const refused = expect(change).rejects.toMatchObject({ outcome: 'unknown', reason: 'node did not confirm' });
    await changed.promise;
    relay.refuse();
    await relay.cut('listening');
    await refused;
    await store.close();
    await relay.close();
  });

  test('a name is free once; its owner may finish what has no members yet', async () => {
    const store = await open(nothingFollows);
    const exists = { outcome: 'rejected', reason: 'room exists' };
    await admin.set('bench:test:owner:half', 'ann');
    await expect(store.create('half', 'bob', ['bob'])).rejects.toMatchObject(exists);
    await store.create('half', 'ann', ['ann']);
    await expect(store.create('half', 'ann', ['ann'])).rejects.toMatchObject(exists);
    expect(await store.members('half')).toEqual(['ann']);
  });

  test('a refusal keeps nothing of what was sent', async () => {
    const store = await open(nothingFollows);
    await admin.set('bench:test:room:odd', 'no set');
    const refusals = [await store.members('odd').catch(itself), await store.change(adding('odd', 'ann')).catch(itself)];
    expect(refusals).toMatchObject([
      { outcome: 'rejected', reason: 'room store down' },
      { outcome: 'unknown', reason: 'room store down' },
    ]);
    for (const refusal of refusals as Refused[]) expect(refusal.cause).toBeUndefined();
  });
});

describeWith(findServer('redis-server'), 'the store of rooms with a password', (path) => {
  test('does not get it into an error', async () => {
    const server = await startRedisServer(path);
    const admin = new Redis(server.port);
    await admin.config('SET', 'requirepass', 'the-right-one');
    const url = `redis://:s3cret-w0rd@127.0.0.1:${server.port}`;
    const store = new RoomStore(url, 'test', 'n0', nothingFollows);
    for (const error of [await store.open().catch(itself), await removeOwnKeys(url, 'test').catch(itself)]) {
      expect(error).toMatchObject({ fault: 'unavailable', message: expect.stringMatching(/^\[(n0|store)\] cannot .*WRONGPASS/) });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('s3cret-w0rd');
    }
    admin.disconnect();
    await server.stop();
  });
});

function itself(error: unknown): unknown {
  return error;
}
