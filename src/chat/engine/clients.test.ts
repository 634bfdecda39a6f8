import { createRequire } from 'node:module';
import { io as currentIo, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineName, engines } from '../../plan/types.js';
import type { RunningServer } from '../../transports/testing/redisServer.js';
import { within } from '../../transports/within.js';
import { mintToken } from '../signIn.js';
import { startRedis } from '../testing/redis.js';
import { noBroker, World } from '../testing/world.js';

type Connect = typeof currentIo;

/** The first that spoke version 4 of Engine.IO's protocol; devDependency `socket.io-client-oldest`, an alias of socket.io-client 4.0.0. */
const oldest = 'socket.io-client-oldest';
const clients: readonly (readonly [string, () => Connect])[] = [
  ['socket.io-client as installed', () => currentIo],
  [oldest, () => (createRequire(import.meta.url)(oldest) as { readonly io: Connect }).io],
];
const texts = ['', '"quoted" \\ \n', 'Привет 👋', '\u2028', '\ud800', '2["message",{}]', '__proto__', 'x'.repeat(5_000)];

/** A user with an unmodified client: what it was told, in order. */
class User {
  readonly told: unknown[] = [];
  readonly socket: Socket;

  constructor(connect: Connect, url: string, token: string) {
    this.socket = connect(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } });
    for (const event of ['connect', 'connect_error', 'disconnect', 'message', 'post', 'probe', 'bye'])
      this.socket.on(event, (what: unknown) => this.told.push([event, what instanceof Error ? what.message : what]));
  }

  async until(event: string): Promise<void> {
    if (this.told.some((told) => Array.isArray(told) && told[0] === event)) return;
    await within(10_000, new Promise<void>((resolve) => this.socket.once(event, () => resolve())), () => new Error(`no ${event} in time`));
  }

  ask(event: string, ...args: readonly unknown[]): Promise<unknown> {
    const reply = new Promise((resolve) => this.socket.emit(event, ...args, resolve));
    return within(10_000, reply, () => new Error(`no answer to ${event} in time`));
  }
}

describe('standard clients notice nothing', () => {
  let store: RunningServer;

  beforeAll(async () => {
    store = await startRedis();
  });
  afterAll(() => store.stop());

  async function played(engine: EngineName, connect: Connect): Promise<unknown> {
    const world = await World.start({ nodes: 1, brokerPort: store.port, storePort: store.port, route: noBroker, rooms: 'topic', engine });
    expect(world.node(0).engine).toEqual({ name: engine, fallback: null });
    const users: User[] = [];
    const user = async (name: string) => {
      const one = new User(connect, world.url(0), name === '' ? 'none' : await mintToken(name, '0', world.tokenKey));
      users.push(one);
      await one.until(name === '' ? 'connect_error' : 'connect');
      return one;
    };
    try {
      const replies = await script(user);
      await world.settle();
      const { kinds, refused } = world.node(0).snapshot();
      await world.nodes.pop()?.drain('going home');
      for (const one of users.slice(1)) await one.until('disconnect');
      return { replies, kinds, refused, told: users.map(({ told }) => told) };
    } finally {
      for (const { socket } of users) socket.disconnect();
      await world.stop();
    }
  }

  /** All that a client can ask for in a chat, right and wrong, one after the other and all at once. */
  async function script(user: (name: string) => Promise<User>): Promise<readonly unknown[]> {
    // Refused, it goes by itself: the oldest would otherwise tell of the end of its connection, now before and now after the others.
    (await user('')).socket.disconnect();
    const [ann, bob] = [await user('ann'), await user('bob')];
    const replies: unknown[] = [await ann.ask('room:create', { room: 'den', members: ['bob'] })];
    for (const text of texts) replies.push(await ann.ask('message', { to: 'bob', text }), await bob.ask('post', { room: 'den', text }));
    replies.push(await ann.ask('message'), await ann.ask('message', null), await ann.ask('message', { to: '*', text: 'x' }));
    replies.push(await ann.ask('message', { to: 'bob', text: Buffer.from('x') }), await ann.ask('message', { to: 'bob', text: 'x' }, 1));
    replies.push(await ann.ask('message', { to: 'bob', text: 'after a binary one' }));
    ann.socket.emit('message', { to: 'bob', text: 'nobody answers' });
    const events = (index: number) => (index % 7 === 3 ? 'probe' : 'message');
    const many = Array.from({ length: 300 }, (_, index) => bob.ask(events(index), { to: 'ann', text: String(index) }));
    replies.push(...(await Promise.all(many)));
    replies.push(await ann.ask('presence', { user: 'bob' }), await ann.ask('sync', {}), await bob.ask('sync', {}));
    return replies;
  }

  test.each(clients)('%s', async (_name, load) => {
    const [fast, reference] = await Promise.all(engines.map((engine) => played(engine, load())));
    expect(fast).toEqual(reference);
    expect(JSON.stringify(reference)).toContain('after a binary one');
  });
});
