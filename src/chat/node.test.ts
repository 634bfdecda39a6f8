import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Routing, Topology } from '../routing/types.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { mintToken } from './signIn.js';
import { Client } from './testing/client.js';
import { redisPauses, startRedis } from './testing/redis.js';
import { channelPerTopic, noBroker, oneChannel, World, type WorldPlan } from './testing/world.js';

describe('a chat node on Redis', () => {
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

  async function start(plan: Partial<WorldPlan>): Promise<World> {
    world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port, ...plan });
    return world;
  }

  test('a message goes to every socket of its recipient, on whatever node, and to nobody else', async () => {
    const world = await start({});
    const [ann, bob, bobToo, eve] = [
      await world.client('ann'),
      await world.client('bob', 0),
      await world.client('bob', 1, '1'),
      await world.client('eve', 1),
    ];
    const reply = await ann.ask('message', { to: 'bob', text: 'hi' });
    expect(reply).toEqual({ ok: true, id: expect.stringMatching(/^n0-\d+$/) });
    expect(await world.texts(bob)).toEqual(['hi']);
    expect(await world.texts(bobToo)).toEqual(['hi']);
    expect(await world.texts(eve)).toEqual([]);
    expect(await world.texts(ann)).toEqual([]);
    expect(bob.got).toEqual([{ id: reply.ok && reply.id, from: 'ann', to: 'bob', text: 'hi' }]);
  });

  test.each([
    ['a channel per topic', channelPerTopic, 2],
    ['one channel', oneChannel, 2],
    ['no broker', noBroker, 1],
  ])('texts of every kind arrive as they were sent: %s', async (_title, route, nodes) => {
    const world = await start({ route, nodes });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', nodes - 1)];
    const texts = ['', '"quoted" \\ \n', 'Привет 👋', '\u2028', '\ud800', '2["message",{}]', '__proto__'];
    for (const text of texts) expect(await ann.ask('message', { to: 'bob', text })).toMatchObject({ ok: true });
    expect(await world.texts(bob)).toEqual(texts);
  });

  test('messages of one sender keep their order', async () => {
    const world = await start({});
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    const texts = Array.from({ length: 500 }, (_, index) => String(index));
    await Promise.all(texts.map((text) => ann.ask('message', { to: 'bob', text })));
    expect(await world.texts(bob)).toEqual(texts);
  });

  test('also when some are posts and the room is not known to the node, or refused', async () => {
    const world = await start({});
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    expect(await bob.ask('room:create', { room: 'den', members: ['ann'] })).toEqual({ ok: true });
    await world.settle();
    const say = (index: number) => {
      const text = String(index);
      return index % 3 === 0 ? ann.ask('post', { room: 'den', text }) : ann.ask('message', { to: 'bob', text });
    };
    const refused = ann.ask('post', { room: 'no-such-room', text: 'x' });
    const texts = Array.from({ length: 30 }, (_, index) => index);
    for (const reply of await Promise.all(texts.map(say))) expect(reply).toMatchObject({ ok: true });
    expect(await refused).toEqual({ ok: false, error: 'rejected', reason: 'not a member' });
    expect(await world.texts(bob)).toEqual(texts.map(String));
    await Promise.all(texts.map(say));
    expect(await world.texts(bob)).toEqual([...texts, ...texts].map(String));
  });

  test('the figures of nodes and broker agree', async () => {
    const world = await start({ route: oneChannel });
    const [ann] = [await world.client('ann'), await world.client('bob', 1)];
    await world.settle();
    const before = world.nodes.map((node) => node.snapshot().brokers['redis-1']?.receipts ?? 0);
    for (let sent = 0; sent < 10; sent++) await ann.ask('message', { to: 'bob', text: 'hi' });
    await world.settle();
    const [first, second] = world.nodes.map((node) => node.snapshot());
    expect(first?.kinds.chat).toEqual({ fromClients: 10, published: 10, received: 10, useful: 0, wasted: 10, deliveredToSockets: 0 });
    expect(second?.kinds.chat).toEqual({ fromClients: 0, published: 0, received: 10, useful: 10, wasted: 0, deliveredToSockets: 10 });
    expect(first?.brokers['redis-1']).toMatchObject({ receipts: (before[0] ?? 0) + 20, junk: 0, kinds: { chat: { in: 10, out: 10 } } });
    expect(second?.brokers['redis-1']).toMatchObject({ receipts: before[1], kinds: { chat: { in: 0, out: 10 } } });
  });

  test('equal requests draw equally in every run', async () => {
    const draws = async () => {
      const drawn: number[] = [];
      const route = (topology: Topology): Routing => {
        const routing = channelPerTopic(topology);
        return {
          ...routing,
          publish: (topic, sender) => {
            if (topic === 'u:bob') drawn.push(sender.random());
            return routing.publish(topic, sender);
          },
        };
      };
      const world = await World.start({ nodes: 1, brokerPort: broker.port, storePort: store.port, route });
      const ann = await world.client('ann');
      for (let sent = 0; sent < 5; sent++) await ann.ask(sent === 2 ? 'probe' : 'message', { to: 'bob', text: 'hi' });
      await world.stop();
      return drawn;
    };
    const first = await draws();
    expect(new Set(first).size).toBe(5);
    expect(await draws()).toEqual(first);
  });

  test('signing in takes a token of this run and no page', async () => {
    const world = await start({ nodes: 1 });
    const refused = (auth: Record<string, unknown>, headers = {}) => new Client(world.url(0), auth, headers).connected();
    await expect(refused({})).rejects.toThrow('no token');
    await expect(refused({ token: 'x' })).rejects.toThrow('token invalid');
    await expect(refused({ token: await mintToken('ann', '0', world.tokenKey, '-1s') })).rejects.toThrow('token expired');
    const good = { token: await mintToken('ann', '0', world.tokenKey) };
    await expect(refused(good, { origin: 'http://evil.example' })).rejects.toThrow('websocket error');
    expect(world.node(0).snapshot().refused).toEqual({ 'no token': 1, 'token invalid': 1, 'token expired': 1, 'foreign origin': 1 });
    expect(world.node(0).snapshot().subscribes).toBe(0);
  });

  test('a socket may ask only so often', async () => {
    const world = await start({ nodes: 1, limits: { eventsPerSecond: 0.001, eventsBurst: 4 } });
    const ann = await world.client('ann');
    const replies = await Promise.all([1, 2, 3, 4].map(() => ann.ask('sync', {})));
    const refusal = { ok: false, error: 'rejected', reason: 'too many events' };
    expect(replies).toEqual([{ ok: true }, { ok: true }, { ok: true }, refusal]);
    expect(world.node(0).snapshot().refused).toEqual({ 'too many events': 1 });
  });

  test('a client that does not read is cut, and only that one', async () => {
    const world = await start({ nodes: 1, limits: { unsentBytes: 200_000 } });
    const [ann, bob, slow] = [await world.client('ann'), await world.client('bob'), await world.client('slow')];
    const engine = slow.socket.io.engine as unknown as { transport: { ws: { pause(): void } } };
    engine.transport.ws.pause();
    const text = 'x'.repeat(60_000);
    while (world.node(0).snapshot().slowReadersCut === 0) await ann.ask('message', { to: 'slow', text });
    expect(await ann.ask('message', { to: 'bob', text: 'hi' })).toMatchObject({ ok: true });
    expect(await world.texts(bob)).toEqual(['hi']);
    expect(world.node(0).snapshot()).toMatchObject({ slowReadersCut: 1, connections: 2 });
  });

  test.runIf(redisPauses)('a change of topology loses and doubles nothing, and leaves the old places', async () => {
    const versioned = ({ version, brokers }: Topology): Routing => {
      const at = (topic: string) => brokers.map(({ id }) => ({ broker: id, channel: `${version}:${topic}` }));
      return { subscribe: at, publish: at };
    };
    const world = await start({ route: versioned });
    const [ann, bob] = [await world.client('ann'), await world.client('bob', 1)];
    const texts: string[] = [];
    const say = async (text: string) => {
      texts.push(text);
      expect(await ann.ask('message', { to: 'bob', text })).toMatchObject({ ok: true });
    };
    const next = { version: 2, nodes: ['n0', 'n1'], brokers: [{ id: 'redis-1', kind: 'redis' }] };
    await say('old');
    const admin = new Redis(broker.port);
    await admin.client('PAUSE', 300);
    const ready = Promise.all(world.nodes.map((node) => node.view(next)));
    expect(await Promise.race([ready.then(() => 'ready'), ann.ask('sync', {}).then(() => 'not confirmed yet')])).toBe('not confirmed yet');
    await ready;
    admin.disconnect();
    expect(world.node(1).snapshot().subscriptions).toEqual({ u: 2, n: 2 });
    await say('both listen, old speaks');
    world.node(0).switch(2);
    await say('new speaks');
    world.node(1).switch(2);
    for (const node of world.nodes) node.clean(2);
    await world.settle();
    await say('only new');
    expect(await world.texts(bob)).toEqual(texts);
    expect(world.node(1).snapshot().subscriptions).toEqual({ u: 1, n: 1 });
    await expect(world.node(0).view(next)).rejects.toThrow('view 2 is not newer');
    await expect(world.node(0).view({ ...next, version: 3, brokers: [{ id: 'redis-9', kind: 'redis' }] })).rejects.toThrow('[redis-9]');
  });
});
