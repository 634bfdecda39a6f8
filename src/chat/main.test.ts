import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { signedIn } from './testing/client.js';
import { NodeProcess, nodePlanOf } from './testing/nodeProcess.js';
import { startRedis } from './testing/redis.js';

describe('the process of a chat node', () => {
  let redis: RunningServer;
  let node: NodeProcess;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(() => node.stop());

  function nodePlan() {
    const url = `redis://127.0.0.1:${redis.port}`;
    return nodePlanOf({ broker: url, store: url });
  }

  test('serves a run, and on SIGTERM says bye and ends with 0', async () => {
    node = await NodeProcess.start();
    const plan = await nodePlan();
    const url = await node.begin(plan);
    const ann = await signedIn(url, plan.secrets.tokenKey, 'ann');
    expect(await ann.ask('message', { to: 'ann', text: 'hi' })).toEqual({ ok: true, id: 'n0-2' });
    await node.calls.settle();
    expect(await ann.texts()).toEqual(['hi']);
    expect(await node.calls.snapshot()).toMatchObject({
      connections: 1,
      subscriptions: { u: 1, n: 1 },
      kinds: { chat: { published: 1, received: 1 } },
    });
    node.signal('SIGINT');
    expect(await ann.ask('sync', {})).toEqual({ ok: true });
    node.signal('SIGTERM');
    expect(await node.ended()).toBe(0);
    expect(ann.byes).toEqual([{ reason: 'the node is stopping' }]);
    expect(node.errors).toBe('');
  });

  test('answers a drain before it ends with 0', async () => {
    node = await NodeProcess.start();
    await node.begin(await nodePlan());
    await node.calls.drain();
    expect(await node.ended()).toBe(0);
  });

  test('cannot start without its brokers, and says which', async () => {
    node = await NodeProcess.start();
    const plan = await nodePlan();
    const dead = { ...plan, brokers: [{ id: 'redis-1', url: 'redis://127.0.0.1:1' }] };
    await expect(node.calls.plan(dead)).rejects.toThrow('redis-1');
    await expect(node.calls.plan({ ...plan, store: 'redis://:secret@127.0.0.1:1' })).rejects.toThrow(
      /\[n0\] cannot reach the room store(?!.*secret)/,
    );
    expect(node.running).toBe(true);
  });
});
