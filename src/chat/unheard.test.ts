import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker, Routing } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import { TestLaunch } from '../transports/testing/launch.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { startRedis } from './testing/redis.js';
import { World, type WorldPlan } from './testing/world.js';

let store: RunningServer;
let world: World;
beforeAll(async () => {
  store = await startRedis();
});
afterAll(() => store.stop());

/** All that is said meets at this channel, whether it can be listened at or not. */
function meetingAt(broker: string, channel: string): Routing {
  const at = () => [{ broker, channel }];
  return { subscribe: at, publish: at };
}

/** Far below the time limit of a sign-in. */
const soonMs = 5_000;

async function refusedSoon(plan: WorldPlan, words: RegExp): Promise<void> {
  world = await World.start(plan);
  try {
    const beganMs = performance.now();
    await Promise.all(['ann', 'bob'].map((user) => expect(world.client(user)).rejects.toThrow(words)));
    expect(performance.now() - beganMs).toBeLessThan(soonMs);
    expect(world.node(0).snapshot().refused).toEqual({ 'subscription not confirmed': 2 });
  } finally {
    await world.stop();
  }
}

describe('who signs in where the strategy listens at a place that cannot be', () => {
  it('because it is no broker of its own, is refused at once, with the reason', async () => {
    const plan = { nodes: 1, brokerPort: store.port, storePort: store.port, route: () => meetingAt('elsewhere', 'all') };
    await refusedSoon(plan, /subscription not confirmed: \[elsewhere\] this node has no connection to it/);
  });
});

describeWith(findServer('rabbitmq-server'), 'who signs in over a strategy that names no exchange', () => {
  it('is refused at once, with the words of the transport', async () => {
    const launch = await TestLaunch.open();
    try {
      const broker: Broker = { id: 'q1', kind: 'rabbitmq-hash' };
      const [started] = await (await transportKind(broker.kind)).start([broker], launch);
      const places = [{ id: 'q1', url: started?.url ?? '' }];
      const plan = { nodes: 1, brokerPort: 0, storePort: store.port, broker, places, route: () => meetingAt('q1', 'all') };
      await refusedSoon(plan, /subscription not confirmed: \[q1\] .*names no exchange; a strategy on rabbitmq-hash writes <exchange>\//);
    } finally {
      await launch.close();
    }
  }, 120_000);
});
