import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

describe("a node's HTTP", () => {
  let redis: RunningServer;
  let world: World;

  beforeAll(async () => {
    redis = await startRedis();
    world = await World.start({ nodes: 1, brokerPort: redis.port, storePort: redis.port });
  });
  afterAll(async () => {
    await world.stop();
    await redis.stop();
  });

  test('says how it is', async () => {
    const response = await fetch(`${world.url(0)}/healthz?verbose`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok', brokers: { 'redis-1': 'ok' }, store: 'ok', words: [] }]);
  });

  test('says which of its servers is lost, in words of this project', async () => {
    const store = await startRedis();
    const bereft = await World.start({ nodes: 1, brokerPort: redis.port, storePort: store.port });
    await store.stop();
    await expect.poll(async () => (await fetch(`${bereft.url(0)}/healthz`)).status).toBe(503);
    expect(await (await fetch(`${bereft.url(0)}/healthz`)).json()).toEqual({
      status: 'degraded',
      brokers: { 'redis-1': 'ok' },
      store: 'lost',
      words: [expect.stringMatching(/^\[store\] is lost: rooms cannot be changed/)],
    });
    await bereft.stop();
  });

  test('serves nothing else', async () => {
    for (const path of ['/', '/socket.io/socket.io.js', '/healthz/', '/../metrics/x'])
      expect((await fetch(`${world.url(0)}${path}`)).ok).toBe(false);
    expect((await fetch(`${world.url(0)}/healthz`, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    'GET // HTTP/1.1',
    'GET http:// HTTP/1.1',
    'GET /%%% HTTP/1.1',
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'rubbish',
  ])('outlives "%s"', async (line) => {
    const socket = connect(Number(new URL(world.url(0)).port), '127.0.0.1');
    socket.write(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 4/);
  });

  test('/metrics answers while messages flow, and counts them', async () => {
    const [ann, bob] = [await world.client('ann'), await world.client('bob')];
    let sent = 0;
    const scraping = autocannon({ url: `${world.url(0)}/metrics`, connections: 2, amount: 200 });
    let over = false;
    const scraped = scraping.then((result) => {
      over = true;
      return result;
    });
    while (!over) await Promise.all(Array.from({ length: 20 }, () => ann.ask('message', { to: 'bob', text: String(sent++) })));
    const { '2xx': answered, non2xx, errors } = await scraped;
    expect({ answered, non2xx, errors }).toEqual({ answered: 200, non2xx: 0, errors: 0 });
    expect(await world.texts(bob)).toHaveLength(sent);
    const metrics = await (await fetch(`${world.url(0)}/metrics`)).text();
    expect(metrics).toContain(`chat_messages_total{kind="chat",what="deliveredToSockets"} ${sent}\n`);
    expect(metrics).toContain('chat_messages_total{kind="presence",what="published"} 2\n');
    expect(metrics).toContain(`chat_broker_messages_total{broker="redis-1",direction="in"} ${sent + 2}\n`);
    expect(metrics).toContain('chat_sockets 2\n');
    expect(metrics).toMatch(/^chat_event_loop_delay_p99_seconds \d+(\.\d+)?$/m);
    expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  test('says that it drains while it finishes what was asked before', async () => {
    const draining = await World.start({ nodes: 1, brokerPort: redis.port, storePort: redis.port });
    const ann = await draining.client('ann');
    const silent = new Redis(redis.port);
    await silent.subscribe(`bench:${draining.run}:u:bob`);
    const asked = ann.ask('presence', { user: 'bob' });
    await expect.poll(() => draining.node(0).snapshot().kinds.presence.published).toBe(2);
    const drained = draining.node(0).drain('test');
    const response = await fetch(`${draining.url(0)}/healthz`);
    expect([response.status, await response.json()]).toMatchObject([503, { status: 'draining' }]);
    expect(await asked).toEqual({ ok: true, status: 'unknown' });
    await drained;
    silent.disconnect();
  });
});
