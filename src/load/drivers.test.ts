import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mintToken } from '../chat/signIn.js';
import { startRedis } from '../chat/testing/redis.js';
import { World } from '../chat/testing/world.js';
import { type DriverName, driverNames } from '../plan/types.js';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { openDriver } from './drivers.js';
import { Witness } from './testing/witness.js';

/** The same actions against real chat nodes: what the users see, message by message and word by word, must not depend on the driver. */
let broker: RunningServer;
let store: RunningServer;
let world: World;

beforeAll(async () => {
  [broker, store] = await Promise.all([startRedis(), startRedis()]);
});
afterAll(async () => {
  await Promise.all([broker.stop(), store.stop()]);
});
afterEach(() => world.stop());

type Play = (user: (name: string, node?: number) => Promise<Witness>) => Promise<void>;

async function played(name: DriverName, play: Play, limits: Parameters<typeof World.start>[0]['limits'] = {}): Promise<readonly string[]> {
  world = await World.start({ nodes: 2, brokerPort: broker.port, storePort: store.port, limits });
  const driver = openDriver(name);
  const users = new Map<string, Witness>();
  await play(async (user, node = 0) => {
    const witness = new Witness();
    users.set(user, witness);
    return witness.connect(driver, world.url(node), { token: await mintToken(user, '0', world.tokenKey) });
  });
  for (const { connection } of users.values()) connection?.close();
  return [...users].flatMap(([user, { seen }]) => seen.map((words) => `${user} ${words.replace(/"id":"n[01]-[0-9]+"/, '"id":"…"')}`));
}

async function bothSee(play: Play, seen: readonly unknown[], limits = {}): Promise<void> {
  const stories = [];
  for (const name of driverNames) {
    stories.push(await played(name, play, limits));
    await world.stop();
  }
  expect(stories[0]).toEqual(seen);
  expect(stories[1]).toEqual(seen);
}

const message = (name: string, event: string, text: string) => expect.stringMatching(new RegExp(`^${name} ${event} .*${text}`));

describe('with either driver', () => {
  it('messages, posts, probes and their answers are the same', async () => {
    const text = '"quoted" \\ Привет 👋 \u2028';
    await bothSee(
      async (user) => {
        const [ann, bob] = [await user('ann', 0), await user('bob', 1)];
        await ann.ask('message', { to: 'bob', text });
        await ann.ask('room:create', { room: 'r', members: ['ann', 'bob'] });
        await bob.ask('post', { room: 'r', text: 'hello' });
        await ann.ask('probe', { to: 'bob', text: 'probe' });
        await ann.ask('presence', { user: 'bob' });
        await ann.ask('room:list', {});
        await world.settle();
        await ann.sync();
        await bob.sync();
      },
      [
        'ann connected',
        'ann ok {"ok":true,"id":"…"}',
        'ann ok {"ok":true}',
        message('ann', 'post', '"from":"bob","room":"r","text":"hello"'),
        'ann ok {"ok":true,"id":"…"}',
        'ann ok {"ok":true,"status":"online"}',
        'ann ok {"ok":true,"rooms":["r"]}',
        'ann ok {"ok":true}',
        'bob connected',
        `bob message ${JSON.stringify({ id: '…', from: 'ann', to: 'bob', text })}`,
        expect.stringMatching(/^bob (ok|post)/),
        expect.stringMatching(/^bob (ok|post)/),
        message('bob', 'probe', '"text":"probe"'),
        'bob ok {"ok":true}',
      ],
    );
  });

  it('what a node refuses is refused with the same words', async () => {
    await bothSee(
      async (user) => {
        const ann = await user('ann');
        await ann.ask('message', { to: 'not an id', text: 'x' });
        await ann.ask('message', { to: 'bob', text: 7 as unknown as string });
        await ann.ask('post', { room: 'nowhere', text: 'x' });
        await ann.ask('nothing' as 'sync', {});
        await user('spaces are no id');
      },
      [
        'ann connected',
        'ann rejected: not an id',
        'ann rejected: not a text',
        expect.stringMatching(/^ann rejected: /),
        'ann rejected: unknown event',
        'spaces are no id refused: token invalid',
      ],
    );
  });

  it('a payload over the limit costs the connection', async () => {
    await bothSee(
      async (user) => {
        const ann = await user('ann');
        await ann.ask('message', { to: 'bob', text: 'x'.repeat(2_000) });
        await ann.sync();
      },
      ['ann connected', 'ann cut: transport close', 'ann unknown: cut before the answer', 'ann rejected: not connected'],
      { payloadBytes: 1_000 },
    );
  });

  it('a node that drains says bye', async () => {
    await bothSee(
      async (user) => {
        const ann = await user('ann');
        await world.node(0).drain('the node is needed elsewhere');
        await ann.wasCut;
        await ann.sync();
      },
      ['ann connected', 'ann cut: transport close: the node is needed elsewhere', 'ann rejected: not connected'],
    );
  });

  it('a thousand messages each way keep their order and number', async () => {
    const stories: (readonly string[])[] = [];
    for (const name of driverNames) {
      const story = await played(name, async (user) => {
        const [ann, bob] = [await user('ann', 0), await user('bob', 1)];
        const all = Array.from({ length: 1_000 }, (_, number) => number);
        await Promise.all(
          all.flatMap((n) => [ann.ask('message', { to: 'bob', text: `a${n}` }), bob.ask('message', { to: 'ann', text: `b${n}` })]),
        );
        await world.settle();
        await ann.sync();
        await bob.sync();
      });
      stories.push(story.filter((words) => words.includes(' message ')));
      expect(story.filter((words) => words.includes(' ok ')).length).toBe(2_002);
      await world.stop();
    }
    expect(stories[0]?.length).toBe(2_000);
    expect(stories[1]).toEqual(stories[0]);
  });
});
