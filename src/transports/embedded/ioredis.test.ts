import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from './server.js';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe.each([2, 3] as const)('ioredis with the embedded broker in RESP%i', (protocol) => {
  let broker: EmbeddedBroker;
  let clients: Redis[];

  beforeEach(async () => {
    broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 });
    clients = [];
  });

  afterEach(async () => {
    for (const client of clients) client.disconnect();
    await broker.close();
  });

  function client(options: { enableAutoPipelining?: boolean; connectionName?: string } = {}): Redis {
    const redis = new Redis(broker.port, '127.0.0.1', { protocol, retryStrategy: () => 1, ...options });
    clients.push(redis);
    return redis;
  }

  it('publishes to channels and patterns, bytes unchanged', async () => {
    const subscriber = client();
    expect(await subscriber.subscribe('c', 'd')).toBe(2);
    expect(await subscriber.psubscribe('c*')).toBe(3);
    const received = [once(subscriber, 'messageBuffer'), once(subscriber, 'pmessageBuffer')];
    expect(await client().publish('c', everyByte)).toBe(2);
    expect(await Promise.all(received)).toEqual([
      [Buffer.from('c'), everyByte],
      ['c*', Buffer.from('c'), everyByte],
    ]);
    expect(await subscriber.unsubscribe('c')).toBe(2);
    expect(await client().publish('c', 'x')).toBe(1);
  });

  it('keeps pipelines and transactions in order', async () => {
    const replies = await client().pipeline().set('k', 'v').get('k').sadd('k', 'a').scard('s').exec();
    expect(replies?.map(([error, reply]) => error?.message.split(' ')[0] ?? reply)).toEqual(['OK', 'v', 'WRONGTYPE', 0]);
    expect(await client().multi().sadd('s', 'a', 'b').scard('s').exec()).toEqual([
      [null, 2],
      [null, 2],
    ]);
  });

  it('loses nothing of many commands pipelined by itself', async () => {
    const redis = client({ enableAutoPipelining: true });
    const keys = Array.from({ length: 2000 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => redis.set(key, key)));
    expect(await Promise.all(keys.map((key) => redis.get(key)))).toEqual(keys);
  });

  it('delivers 20,000 messages in order', async () => {
    const subscriber = client();
    const publisher = client();
    await subscriber.subscribe('c');
    const received: number[] = [];
    const complete = new Promise<void>((resolve) => {
      subscriber.on('message', (_channel, message) => {
        if (received.push(Number(message)) === 20_000) resolve();
      });
    });
    const sent = Array.from({ length: 20_000 }, (_, index) => index);
    const receipts = await Promise.all(sent.map((number) => publisher.publish('c', String(number))));
    await complete;
    expect(received).toEqual(sent);
    expect(receipts.every((receivers) => receivers === 1)).toBe(true);
  });

  it('subscribes anew after its connection was killed', async () => {
    const subscriber = client({ connectionName: 'listener' });
    await subscriber.subscribe('c');
    const admin = client();
    expect(await admin.client('LIST')).toContain('name=listener');
    const resubscribed = once(subscriber, 'ready');
    expect(await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBe(1);
    await resubscribed;
    await subscriber.subscribe('d');
    const message = once(subscriber, 'message');
    expect(await admin.publish('c', 'again')).toBe(1);
    expect(await message).toEqual(['c', 'again']);
  });

  it('scans keys', async () => {
    const redis = client();
    await Promise.all(Array.from({ length: 100 }, (_, index) => redis.set(`room:${index}`, 'x')));
    const seen: string[] = [];
    for await (const keys of redis.scanStream({ match: 'room:*', count: 7 })) seen.push(...(keys as string[]));
    expect(new Set(seen).size).toBe(100);
  });
});
