import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import adapterSharded from '../../strategies/adapter-sharded.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { Relay } from '../transports/testing/relay.js';
import { findServer } from '../transports/testing/servers.js';
import type { Client } from './testing/client.js';
import { startRedis } from './testing/redis.js';
import { World, type WorldPlan } from './testing/world.js';

const done = { ok: true };
const allNodes = ['n0', 'n1'];

interface Way {
  readonly title: string;
  readonly plan: Partial<WorldPlan>;
  /** Whether this machine lacks what it needs. */
  readonly missing: boolean;
}

const options = { mode: 'static' };
const ways: readonly Way[] = [
  { title: 'rooms by members', plan: { rooms: 'members' }, missing: false },
  { title: 'rooms by topic', plan: { rooms: 'topic' }, missing: false },
  {
    title: 'an official adapter',
    plan: {
      rooms: 'topic',
      broker: { id: 'r1', kind: 'redis-sharded-adapter' },
      options,
      route: (topology) => adapterSharded.route(topology, options),
    },
    missing: findServer('redis-server').path === null,
  },
];

/** Ann, on n0, changes who is in `den`; bob and cid are on n1, which hears of changes only when the relay lets it. */
describe.each(ways)('a change of a room while a node is late, $title', ({ plan, missing }) => {
  let broker: RunningServer;
  let store: RunningServer;
  let relay: Relay;
  let admin: Redis;
  let world: World;
  let ann: Client;
  let bob: Client;
  let cid: Client;

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
    admin = new Redis(store.port);
  });
  beforeEach(async () => {
    relay = await Relay.open(store.port);
    world = await World.start({
      ...plan,
      nodes: allNodes.length,
      brokerPort: broker.port,
      storePort: store.port,
      storePortOf: (node) => (node === 1 ? relay.port : store.port),
    });
    [ann, bob, cid] = [await world.client('ann', 0), await world.client('bob', 1), await world.client('cid', 1)];
  });
  afterEach(async () => {
    await world.stop();
    await relay.close();
  });
  afterAll(async () => {
    admin.disconnect();
    await Promise.all([broker.stop(), store.stop()]);
  });

  /** Both nodes know of the room by heart: each has posted to it. */
  async function makeDen(...members: string[]): Promise<void> {
    expect(await ann.ask('room:create', { room: 'den', members })).toEqual(done);
    for (const poster of [ann, cid]) expect(await poster.ask('post', { room: 'den', text: 'before' })).toMatchObject(done);
  }

  /**
   * Asks for a change that n1 does not hear of yet. Resolves when n0 acts by it and has the reply to it, so that nothing but n1 is waited for:
   * n0 reads from the store what was asked later, and answers it later.
   */
  async function changeUnheard(event: 'room:add' | 'room:remove', members: readonly string[]): Promise<{ answer: Promise<unknown> }> {
    relay.hold();
    const answer = ann.ask(event, { room: 'den', user: 'bob' });
    let answered = false;
    void answer.then(() => {
      answered = true;
    });
    await expect.poll(() => ann.ask('room:members', { room: 'den' })).toEqual({ ok: true, members });
    await ann.ask('room:list', {});
    expect(answered).toBe(false);
    return { answer };
  }

  test.skipIf(missing)('who was removed gets no post from the acknowledgement on, whoever posts', async () => {
    await makeDen('bob', 'cid');
    const { answer } = await changeUnheard('room:remove', ['ann', 'cid']);
    relay.release();
    expect(await answer).toEqual(done);
    for (const poster of [ann, cid]) expect(await poster.ask('post', { room: 'den', text: 'after' })).toMatchObject(done);
    expect(await bob.ask('post', { room: 'den', text: 'me too' })).toMatchObject({ ok: false, reason: 'not a member' });
    expect(await world.texts(bob)).toEqual(['before', 'before']);
    expect(await world.texts(cid)).toEqual(['before', 'before', 'after', 'after']);
  });

  test.skipIf(missing)('who was added gets every post from the acknowledgement on, whoever posts', async () => {
    await makeDen('cid');
    const { answer } = await changeUnheard('room:add', ['ann', 'bob', 'cid']);
    relay.release();
    expect(await answer).toEqual(done);
    for (const poster of [ann, cid, bob]) expect(await poster.ask('post', { room: 'den', text: 'after' })).toMatchObject(done);
    expect(await world.texts(bob)).toEqual(['after', 'after', 'after']);
  });

  test.skipIf(missing)('nobody waits longer for a node that leaves the view', async () => {
    await makeDen('bob', 'cid');
    const { answer } = await changeUnheard('room:remove', ['ann', 'cid']);
    const { topology } = world.parts({ ...plan, nodes: 1, brokerPort: broker.port, storePort: store.port }, 0);
    await world.node(0).view({ ...topology, version: 2 });
    expect(await answer).toEqual(done);
    relay.release();
  });
});
