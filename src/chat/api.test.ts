import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../transports/testing/redisServer.js';
import { mintToken } from './signIn.js';
import { startRedis } from './testing/redis.js';
import { World } from './testing/world.js';

let redis: RunningServer;
let world: World;

beforeAll(async () => {
  redis = await startRedis();
  world = await World.start({ nodes: 2, brokerPort: redis.port, storePort: redis.port });
});
afterAll(async () => {
  await world.stop();
  await redis.stop();
});

interface Asking {
  readonly as?: string | null;
  readonly node?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly of?: World;
}

async function ask(method: string, path: string, body?: string, { as = 'ann', node = 0, headers = {}, of = world }: Asking = {}) {
  const token = as === null ? {} : { authorization: `Bearer ${await mintToken(as, 'http', of.tokenKey)}` };
  const response = await fetch(`${of.url(node)}${path}`, {
    method,
    headers: { ...token, ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

function post(fields: unknown, asking?: Asking) {
  return ask('POST', '/messages', JSON.stringify(fields), asking);
}

describe('POST /messages', () => {
  test('brings a message to every socket of its recipient, from the user of the token', async () => {
    const [here, there] = [await world.client('bob'), await world.client('bob', 1, '1')];
    const answer = await post({ to: 'bob', text: 'over HTTP' });
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^\{"id":"n0-\d+"\}\n$/) });
    await world.settle();
    for (const client of [here, there]) expect(client.got).toMatchObject([{ from: 'ann', to: 'bob', text: 'over HTTP' }]);
  });

  test('brings a message to a room, from members only', async () => {
    const [gil, kim] = [await world.client('gil'), await world.client('kim', 1)];
    await gil.ask('room:create', { room: 'games', members: ['kim'] });
    expect((await post({ room: 'games', text: 'hi' }, { as: 'kim' })).status).toBe(200);
    expect(await post({ room: 'games', text: 'hi' }, { as: 'eve' })).toMatchObject({
      status: 403,
      body: '{"error":"rejected","reason":"not a member"}\n',
    });
    expect([await world.texts(gil), await world.texts(kim)]).toEqual([['hi'], ['hi']]);
  });

  test('is counted like what comes over a socket', async () => {
    const [first] = await world.growth('chat', () => post({ to: 'nobody', text: 'x' }));
    expect(first).toMatchObject({ fromClients: 1, published: 1 });
  });

  test.each([
    ['no token', 401, { to: 'bob', text: 'x' }, { as: null }],
    ['token invalid', 401, { to: 'bob', text: 'x' }, { as: null, headers: { authorization: 'Bearer a.b.c' } }],
    ['foreign origin', 403, { to: 'bob', text: 'x' }, { headers: { origin: 'http://evil.example' } }],
    ['not an id', 400, { to: 'b*b', text: 'x' }, {}],
    ['not an id', 400, { room: 'a b', text: 'x' }, {}],
    ['not a text', 400, { to: 'bob', text: 7 }, {}],
    ['no payload', 400, ['bob'], {}],
    ['body too large', 413, { to: 'bob', text: 'x'.repeat(70_000) }, {}],
  ] as const)('is refused with "%s"', async (reason, status, fields, asking) => {
    const before = world.node(0).snapshot().refused[reason] ?? 0;
    const answer = await post(fields, asking);
    expect(answer).toMatchObject({ status, body: `{"error":"rejected","reason":"${reason}"}\n` });
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(world.node(0).snapshot().refused[reason]).toBe(before + 1);
  });

  test('refuses a body that is no JSON, and one in chunks that grows too large, and lives on', async () => {
    expect(await ask('POST', '/messages', '{"to"')).toMatchObject({ status: 400, body: expect.stringContaining('no payload') });
    const token = await mintToken('ann', 'http', world.tokenKey);
    const socket = connect(Number(new URL(world.url(0)).port), '127.0.0.1');
    socket.write(`POST /messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ntransfer-encoding: chunked\r\n\r\n`);
    const answered = text(socket);
    for (let chunk = 0; chunk < 8; chunk++) socket.write(`2710\r\n${'x'.repeat(10_000)}\r\n`);
    expect(await answered).toMatch(/^HTTP\/1.1 413 .*connection: close/is);
    expect((await post({ to: 'bob', text: 'still here' })).status).toBe(200);
  });

  test('outlives a client that goes away in the middle of its body', async () => {
    const token = await mintToken('ann', 'http', world.tokenKey);
    const socket = connect(Number(new URL(world.url(0)).port), '127.0.0.1');
    socket.write(
      `POST /messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.write('{"to":');
    socket.destroy();
    await once(socket, 'close');
    expect((await post({ to: 'bob', text: 'still here' })).status).toBe(200);
  });

  test('lets one connection ask no more than a socket may', async () => {
    const strict = await World.start({
      nodes: 1,
      brokerPort: redis.port,
      storePort: redis.port,
      limits: { eventsPerSecond: 0.01, eventsBurst: 3 },
    });
    const token = await mintToken('ann', 'http', strict.tokenKey);
    const request = (end: string) =>
      `GET /presence/bob HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nconnection: ${end}\r\n\r\n`;
    const socket = connect(Number(new URL(strict.url(0)).port), '127.0.0.1');
    socket.write(request('keep-alive').repeat(4) + request('close'));
    const statuses = [...(await text(socket)).matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '200', '200', '429', '429']);
    await strict.stop();
  });
});

describe('GET /presence/:user', () => {
  test('says who is online, on any node', async () => {
    await world.client('zoe', 1);
    expect(await ask('GET', '/presence/zoe')).toMatchObject({ status: 200, body: '{"user":"zoe","status":"online"}\n' });
    expect(await ask('GET', '/presence/nobody')).toMatchObject({ status: 200, body: '{"user":"nobody","status":"offline"}\n' });
  });

  test.each([
    ['GET', '/presence/a*b', 400, 'ann'],
    ['GET', '/presence/bob', 401, null],
    ['GET', '/presence/bob/x', 404, 'ann'],
    ['POST', '/presence/bob', 404, 'ann'],
    ['GET', '/messages', 404, 'ann'],
  ] as const)('%s %s is answered %i', async (method, path, status, as) => {
    expect((await ask(method, path, undefined, { as })).status).toBe(status);
  });
});
