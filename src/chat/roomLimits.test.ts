import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chatLimits } from '../plan/plan.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { paidByOneEvent } from './requests.js';
import { Rooms } from './rooms.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

const done = { ok: true };
const tooManyCopies = { ok: false, error: 'rejected', reason: 'too many copies' };

function users(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `u${index}`);
}

test('what one socket can save up is at most half of what may wait for a broker, and pays for a post to the largest room', () => {
  const { eventsBurst, queuedMessages, queuedBytes, membersMax } = chatLimits;
  expect(eventsBurst * paidByOneEvent.copies).toBeLessThanOrEqual(queuedMessages / 2);
  expect(eventsBurst * paidByOneEvent.bytes).toBeLessThanOrEqual(queuedBytes / 2);
  expect(membersMax / paidByOneEvent.copies).toBeLessThan(eventsBurst);
});

describe('limits of rooms', () => {
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

  test('a room grows no larger than the limit, whether it is made or added to', async () => {
    const listeners = { want: async () => {}, unwant() {}, sockets: () => new Set<never>(), sessions: () => [] };
    const place = { url: `redis://127.0.0.1:${store.port}`, run: 'limits', node: 'n0' };
    const rooms = new Rooms(place, 'members', listeners, { membersMax: 3 });
    await rooms.open();
    const tooMany = { outcome: 'rejected', reason: 'too many members' };
    await expect(rooms.create('den', 'ann', ['bob', 'cid', 'dan'])).rejects.toMatchObject(tooMany);
    await rooms.create('den', 'ann', ['ann', 'bob', 'bob']);
    await rooms.add('den', 'ann', 'cid');
    await expect(rooms.add('den', 'ann', 'dan')).rejects.toMatchObject(tooMany);
    await rooms.add('den', 'ann', 'bob');
    await rooms.remove('den', 'ann', 'bob');
    await rooms.add('den', 'ann', 'dan');
    expect(await rooms.members('den', 'ann')).toEqual(['ann', 'cid', 'dan']);
    await rooms.close();
  });

  test('posts pay by their copies and by the bytes of these, in the form that makes copies', async () => {
    const limits = { eventsPerSecond: 0.001, eventsBurst: 12 };
    world = await World.start({ nodes: 1, brokerPort: broker.port, storePort: store.port, limits });
    const [ann, bob] = [await world.client('ann'), await world.client('bob')];
    // Of 12 events the sign-in takes 1, a room of 60 takes 3, and so does a post to it.
    expect(await ann.ask('room:create', { room: 'den', members: users(60) })).toEqual(done);
    const replies = [];
    for (let post = 0; post < 3; post++) replies.push(await ann.ask('post', { room: 'den', text: 'hi' }));
    expect(replies).toMatchObject([done, done, tooManyCopies]);
    // 2 copies of 60,000 bytes are 4 times what one event pays for; one copy is one event.
    expect(await bob.ask('room:create', { room: 'lair', members: ['ann'] })).toEqual(done);
    const text = 'x'.repeat(60_000);
    expect(await bob.ask('post', { room: 'lair', text })).toMatchObject(done);
    for (let message = 0; message < 4; message++) expect(await bob.ask('message', { to: 'bob', text })).toMatchObject(done);
    expect(await bob.ask('post', { room: 'lair', text })).toEqual(tooManyCopies);
  });

  test('a post to a topic of the room is one event, however many listen', async () => {
    const limits = { eventsPerSecond: 0.001, eventsBurst: 12 };
    world = await World.start({ nodes: 1, brokerPort: broker.port, storePort: store.port, rooms: 'topic', limits });
    const ann = await world.client('ann');
    await ann.ask('room:create', { room: 'den', members: users(60) });
    for (let post = 0; post < 8; post++) expect(await ann.ask('post', { room: 'den', text: 'hi' })).toMatchObject(done);
  });

  test('one client who posts to a huge room as fast as it can gets nobody else refused', async () => {
    // Nothing is saved up meanwhile, so that the speed of the machine plays no part: after the room and a post to it there is enough for 4 more.
    const limits = { ...chatLimits, eventsPerSecond: 0.001 };
    world = await World.start({ nodes: 1, brokerPort: broker.port, storePort: store.port, limits });
    const [eve, ann] = [await world.client('eve'), await world.client('ann'), await world.client('bob')];
    expect(await eve.ask('room:create', { room: 'huge', members: users(4_000) })).toEqual(done);
    expect(await eve.ask('post', { room: 'huge', text: 'one' })).toMatchObject(done);
    const posts = Array.from({ length: 20 }, () => eve.ask('post', { room: 'huge', text: 'x' }));
    const messages = Array.from({ length: 20 }, () => ann.ask('message', { to: 'bob', text: 'hi' }));
    for (const reply of await Promise.all(messages)) expect(reply).toMatchObject(done);
    const refused = (await Promise.all(posts)).filter((reply) => !reply.ok);
    expect(refused.length).toBe(16);
  });
});
