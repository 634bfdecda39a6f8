import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Routing, Topology } from '../routing/types.js';
import { encodeFrame } from '../transports/frame.js';
import { redis } from '../transports/redis/index.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { PublishError, type Transport, type TransportKind } from '../transports/types.js';
import { Inbox } from './inbox.js';
import { Presence } from './presence.js';
import { encodeBody } from './presenceBodies.js';
import { startRedis } from './testing/redis.js';
import { channelPerTopic, noBroker, oneChannel, World, type WorldPlan } from './testing/world.js';

/** Redis, as if it did not say how many took a message. */
async function silentRedis(): Promise<TransportKind> {
  return { ...redis, facts: { ...redis.facts, receiptMeaningful: false } };
}

/** Redis, as if the connection broke after every publish was sent. */
async function unsureRedis(): Promise<TransportKind> {
  const publish = () => Promise.reject(new PublishError('unknown', 'the connection broke'));
  return { ...redis, open: async (...args) => bound(await redis.open(...args), publish) };
}

function bound(transport: Transport, publish: Transport['publish']): Transport {
  return {
    publish,
    subscribe: (address) => transport.subscribe(address),
    unsubscribe: (address) => transport.unsubscribe(address),
    settle: () => transport.settle(),
    close: () => transport.close(),
  };
}

/** The sender's node delivers at once; its own copy comes back from Redis, and Redis counts it. */
function around(route: (topology: Topology) => Routing): (topology: Topology) => Routing {
  return (topology) => ({ ...route(topology), local: 'around' });
}

/** Presence of a node that must put no question itself. */
function asking(online: (user: string) => Promise<boolean>): Presence {
  const never = () => {
    throw new Error('a question was put');
  };
  const inbox = new Inbox('n0', { want: never, unwant: never }, never);
  return new Presence({ node: 'n0', inbox, nextId: never, say: never, nodes: never, online });
}

test('where the transport asks by itself no question is put, and what it could not find out is unknown', async () => {
  const presence = asking(async (user) => {
    if (user === 'eve') throw new Error('a node did not answer');
    return user === 'bob';
  });
  const statuses = ['bob', 'cid', 'eve'].map((user) => presence.ask(user, 'draws', 'client'));
  expect(await Promise.all(statuses)).toEqual(['online', 'offline', 'unknown']);
});

describe('presence', () => {
  let redis: RunningServer;
  let world: World;

  beforeAll(async () => {
    redis = await startRedis();
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
    ['a channel per topic, around', around(channelPerTopic), 3],
    ['one channel, around', around(oneChannel), 3],
  ])('says who is online and who is not: %s', async (_title, route, nodes) => {
    const world = await start({ route, nodes });
    const ann = await world.client('ann');
    const bob = await world.client('bob', nodes - 1);
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'online' });
    expect(await ann.ask('presence', { user: 'ann' })).toEqual({ ok: true, status: 'online' });
    expect(await ann.ask('presence', { user: 'nobody' })).toEqual({ ok: true, status: 'offline' });
    bob.close();
    await expect.poll(() => world.node(nodes - 1).snapshot().connections).toBe(nodes === 1 ? 1 : 0);
    await world.settle();
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'offline' });
  });

  test('costs what the strategy says: every node that gets a question answers it', async () => {
    const world = await start({ route: oneChannel });
    const ann = await world.client('ann');
    await world.client('bob', 1);
    await world.client('cid', 2);
    const grown = await world.growth('presence', () => ann.ask('presence', { user: 'nobody' }));
    expect(grown.map(({ fromClients }) => fromClients)).toEqual([1, 0, 0]);
    expect(grown.map(({ published }) => published)).toEqual([2, 1, 1]);
    expect(grown.map(({ received }) => received)).toEqual([4, 4, 4]);
    expect(grown.map(({ useful }) => useful)).toEqual([3, 0, 0]);
  });

  test('a receiver that stays silent makes it unknown, never offline', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    const stranger = new Redis(redis.port);
    await stranger.subscribe(`bench:${world.run}:u:bob`);
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'unknown' });
    stranger.disconnect();
  });

  test('an answer is heard although the last client of the node has left', async () => {
    const world = await start({});
    const ann = await world.client('ann');
    const stranger = new Redis(redis.port);
    await stranger.subscribe(`bench:${world.run}:u:bob`);
    ann.socket.emit('presence', { user: 'bob' }, () => {});
    await expect.poll(() => world.node(0).snapshot().kinds.presence.published).toBe(2);
    ann.close();
    await expect.poll(() => world.node(0).snapshot().connections).toBe(0);
    expect(world.node(0).snapshot().subscriptions).toEqual({ n: 1 });
    await stranger.unsubscribe();
    const body = encodeBody({ question: 'n0-1', node: 'n1', online: true });
    const answer = encodeFrame({ kind: 'presence', id: 'n1-1', view: 1, topics: ['n:n0'], body }, world.frameKey);
    expect(await stranger.publish(`bench:${world.run}:n:n0`, answer)).toBe(1);
    await world.settle();
    expect(world.node(0).snapshot()).toMatchObject({ subscriptions: {}, kinds: { presence: { useful: 1, wasted: 0 } } });
    stranger.disconnect();
  });

  test('a question that may have been lost makes it unknown', async () => {
    const world = await start({ kindOf: unsureRedis });
    const ann = await world.client('ann');
    expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'unknown' });
    expect(await ann.ask('message', { to: 'bob', text: 'hi' })).toEqual({ ok: false, error: 'unknown', reason: 'broker did not confirm' });
  });

  test('where receipts mean nothing, every node of the view must say no', async () => {
    const everyone = await start({ route: oneChannel, kindOf: silentRedis });
    const clients = [await everyone.client('ann', 0), await everyone.client('bob', 1), await everyone.client('cid', 2)];
    expect(await clients[0]?.ask('presence', { user: 'nobody' })).toEqual({ ok: true, status: 'offline' });
    expect(await clients[0]?.ask('presence', { user: 'cid' })).toEqual({ ok: true, status: 'online' });
    const broken = { version: 2, nodes: ['n0', 'n1', 'n2', 'n3'], brokers: [{ id: 'redis-9', kind: 'redis' }] };
    await expect(everyone.node(0).view(broken)).rejects.toThrow('[redis-9]');
    everyone.node(0).switch(2);
    expect(await clients[0]?.ask('presence', { user: 'nobody' })).toEqual({ ok: true, status: 'offline' });
    clients[2]?.close();
    await expect.poll(() => everyone.node(2).snapshot().connections).toBe(0);
    await everyone.settle();
    expect(everyone.node(2).snapshot().subscriptions).toEqual({ n: 1 });
    expect(await clients[0]?.ask('presence', { user: 'cid' })).toEqual({ ok: true, status: 'offline' });
  });

  test('where receipts mean nothing, a node is heard from its first view on, and leaves as it drains', async () => {
    const everyone = await start({ route: oneChannel, kindOf: silentRedis });
    expect(everyone.nodes.map((node) => node.snapshot().subscriptions)).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    const ann = await everyone.client('ann');
    expect(await ann.ask('presence', { user: 'nobody' })).toEqual({ ok: true, status: 'offline' });
    await everyone.node(2).drain('the test is over');
    expect(everyone.node(2).snapshot().subscriptions).toEqual({});
  });

  test('where receipts say who listens, a node with nobody online listens nowhere', async () => {
    const everyone = await start({ route: oneChannel });
    expect(everyone.nodes.map((node) => node.snapshot().subscriptions)).toEqual([{}, {}, {}]);
  });
});
