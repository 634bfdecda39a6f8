import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Address, Routing, Topic } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import { TestLaunch } from '../transports/testing/launch.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import type { Started } from '../transports/types.js';
import { ChatNode } from './node.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

/** Brokers that say whether nobody listens, but not how many do. */
const servers = [
  ['nats', 'nats-server'],
  ['rabbitmq', 'rabbitmq-server'],
] as const;

for (const [kind, program] of servers) {
  describeWith(findServer(program), `chat nodes over ${kind}`, () => {
    let store: RunningServer;
    let launch: TestLaunch;
    let broker: Started | undefined;
    let world: World;
    beforeAll(async () => {
      [store, launch] = await Promise.all([startRedis(), TestLaunch.open()]);
      [broker] = await (await transportKind(kind)).start([{ id: 'q1', kind }], launch);
    });
    afterEach(() => world.stop());
    afterAll(() => Promise.all([store.stop(), launch.close()]));

    async function start(nodes: number): Promise<void> {
      world = new World();
      const brokers = [{ id: 'q1', kind }];
      const places = [{ id: 'q1', url: broker?.url ?? '' }];
      for (let index = 0; index < nodes; index++) {
        const parts = world.parts({ nodes, brokerPort: 0, storePort: store.port }, index);
        const node = await ChatNode.start({ ...parts, topology: { ...parts.topology, brokers }, brokers: places, route });
        world.nodes.push(node);
        world.urls.push(await node.listen());
      }
      await world.view({ ...world.parts({ nodes, brokerPort: 0, storePort: store.port }, 0).topology, brokers });
    }

    it('say who is online, and who is not as soon as the broker has said that nobody listens', async () => {
      await start(3);
      const ann = await world.client('ann', 0);
      const bob = await world.client('bob', 2);
      expect(await ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'online' });
      expect(await ann.ask('presence', { user: 'nobody' })).toEqual({ ok: true, status: 'offline' });
      bob.close();
      await expect.poll(async () => ann.ask('presence', { user: 'bob' })).toEqual({ ok: true, status: 'offline' });
    });
  });
}

/** A channel per topic. */
function route(): Routing {
  const at = (topic: Topic): readonly Address[] => [{ broker: 'q1', channel: topic }];
  return { subscribe: at, publish: at };
}
