import { Redis } from 'ioredis';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NodePlan } from '../processes/protocol.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { mintToken } from './signIn.js';
import { Attacker } from './testing/attacker.js';
import { attacks, type Tokens } from './testing/attacks.js';
import { type Client, signedIn } from './testing/client.js';
import { junkFrames } from './testing/junk.js';
import { NodeProcess, nodePlanOf } from './testing/nodeProcess.js';
import { startRedis } from './testing/redis.js';

const seed = 20_261;

describe('a node among enemies', () => {
  let broker: RunningServer;
  let store: RunningServer;
  let node: NodeProcess;
  let plan: NodePlan;
  let url: string;
  let bystanders: readonly Client[];

  beforeAll(async () => {
    [broker, store] = await Promise.all([startRedis(), startRedis()]);
    plan = await nodePlanOf({ broker: `redis://127.0.0.1:${broker.port}`, store: `redis://127.0.0.1:${store.port}` });
    node = await NodeProcess.start();
    url = await node.begin(plan);
    bystanders = [await signedIn(url, plan.secrets.tokenKey, 'bob'), await signedIn(url, plan.secrets.tokenKey, 'cid')];
    await bystanders[0]?.ask('room:create', { room: 'den', members: ['cid'] });
  });
  afterAll(async () => {
    for (const bystander of bystanders) bystander.close();
    await node.stop();
    await Promise.all([broker.stop(), store.stop()]);
  });

  /** Nobody but those it was for got anything, and a message still goes where it should. */
  async function expectPeace(): Promise<void> {
    const [bob, cid] = bystanders;
    await node.calls.settle();
    expect(await bob?.texts()).toEqual([]);
    expect(await cid?.texts()).toEqual([]);
    expect(await cid?.ask('message', { to: 'bob', text: 'all well?' })).toMatchObject({ ok: true });
    await node.calls.settle();
    expect(await bob?.texts()).toEqual(['all well?']);
    for (const bystander of bystanders) bystander.got.length = 0;
    expect(node.running).toBe(true);
    expect(node.errors).toBe('');
  }

  async function tokens(): Promise<Tokens> {
    const { tokenKey } = plan.secrets;
    const forged = await mintToken('bob', '0', Buffer.alloc(32, 1).toString('base64url'));
    const [head, , signature] = (await mintToken('mallory', '0', tokenKey)).split('.');
    const spliced = `${head}.${Buffer.from('{"sub":"bob","sid":"0"}').toString('base64url')}.${signature}`;
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`;
    const foreign = new SignJWT({ sid: '0' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('bob')
      .setIssuer('x')
      .setAudience('bench-chat')
      .setExpirationTime('1h');
    const bad = [forged, spliced, none, await mintToken('bob', '0', tokenKey, '-1s'), await mintToken('u:bob', '0', tokenKey)];
    return {
      good: await mintToken('mallory', '0', tokenKey),
      bad: [...bad, await foreign.sign(Buffer.from(tokenKey, 'base64url')), 'x', 'a.b.c'],
    };
  }

  test('outlives 10,000 fuzzed events and handshakes without a leak', async () => {
    const all = attacks(10_000, seed, await tokens());
    const attackers = Array.from({ length: 4 }, () => new Attacker(url));
    const run = (from: number, to: number) =>
      Promise.all(
        attackers.map(async (attacker, index) => {
          for (let at = from + index; at < to; at += attackers.length) await attacker.attack(all[at] ?? { auth: null, frames: [] });
        }),
      );
    await run(0, 2000);
    const early = await node.memoryBytes();
    await run(2000, 10_000);
    const late = await node.memoryBytes();
    for (const attacker of attackers) attacker.close();
    await expect.poll(async () => (await node.calls.snapshot()).connections).toBe(bystanders.length);
    await expectPeace();
    const { refused, subscriptions, slowReadersCut } = await node.calls.snapshot();
    expect({ subscriptions, slowReadersCut }).toEqual({ subscriptions: { u: 2, n: 1 }, slowReadersCut: 0 });
    expect(Object.keys(refused)).toEqual(
      expect.arrayContaining(['unknown event', 'no callback', 'no payload', 'extra arguments', 'not an id', 'not a member']),
    );
    expect(Object.keys(refused)).toEqual(
      expect.arrayContaining(['foreign origin', 'no token', 'token expired', 'token invalid', 'second sign-in']),
    );
    expect(Math.abs(late - early) / early).toBeLessThan(0.1);
  }, 180_000);

  test('counts 10,000 junk frames of a broker and passes none on', async () => {
    const stranger = new Redis(broker.port);
    const before = (await node.calls.snapshot()).brokers['redis-1'];
    const channels = ['u:bob', 'u:cid', 'n:n0'].map((channel) => `bench:${plan.plan.run}:${channel}`);
    const frames = junkFrames(10_000, seed, plan.secrets.frameKey);
    const heard = await Promise.all(frames.map((frame, index) => stranger.publish(channels[index % channels.length] ?? '', frame)));
    expect(heard.reduce((sum, receivers) => sum + receivers, 0)).toBe(10_000);
    await expectPeace();
    const after = (await node.calls.snapshot()).brokers['redis-1'];
    expect((after?.junk ?? 0) - (before?.junk ?? 0)).toBe(10_000);
    expect((after?.kinds.chat.out ?? 0) - (before?.kinds.chat.out ?? 0)).toBe(1);
    stranger.disconnect();
  });

  test('takes no notice of rubbish in the channel of rooms', async () => {
    const stranger = new Redis(store.port);
    const notices = [
      '',
      'x',
      'null',
      '[]',
      '{"announcer":5,"number":1,"change":null}',
      '{"announcer":"*","number":1,"change":null}',
      '{"announcer":"n0","number":1,"change":{"room":"r:den","added":["eve"],"removed":[]}}',
      '{"announcer":"n0","number":"x","change":{"room":"den","added":[],"removed":[]}}',
      '{"announcer":"n0","number":1,"change":{"room":"den"}}',
      '{"node":"*","number":1}',
      '{"node":"n0","number":null}',
    ];
    for (const channel of ['rooms', 'rooms:n:n0'])
      for (const notice of notices) expect(await stranger.publish(`bench:${plan.plan.run}:${channel}`, notice)).toBe(1);
    await expectPeace();
    stranger.disconnect();
  });
});
