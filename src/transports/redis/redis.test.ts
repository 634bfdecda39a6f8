import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchError, wordsOf } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import { Ear } from '../testing/ear.js';
import { TestLaunch } from '../testing/launch.js';
import { Listener } from '../testing/listener.js';
import { encodeRequest, RawConnection } from '../testing/rawConnection.js';
import { describeWith, findServer } from '../testing/servers.js';
import { connectionTimes } from '../times.js';
import type { Launch, Started, TransportSettings } from '../types.js';
import { attachRedis } from './attach.js';
import { counters } from './counters.js';
import { findRedisServer, startEmbedded, startServer, startServerOn } from './start.js';
import { openRedis } from './transport.js';

const settings: TransportSettings = { prefix: 'bench:test:', frameKey: 1, queuedMessages: 1_000, queuedBytes: 2 ** 20 };
const message: Message<Buffer> = { kind: 'chat', id: 'n1-1', view: 1, topics: ['u:ann'], body: Buffer.from('hello') };
const address = { broker: 'r1', channel: 'u:ann' };
const quick = { ...connectionTimes, answerTimeoutMs: 200, silenceTimeoutMs: 400 };

describe('attachRedis', () => {
  let launch: TestLaunch;
  let server: Started;
  beforeAll(async () => {
    launch = await TestLaunch.open();
    server = await startEmbedded('r1', launch);
  });
  afterAll(() => launch.close());

  it('says what answers there', async () => {
    expect(await attachRedis(server.url)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('says what to do when nothing listens', async () => {
    const port = await launch.freePort();
    const failure = await rejection(attachRedis(`redis://user:secret@127.0.0.1:${port}`));
    expect(failure.message).toMatch(/^\[redis:\/\/user:\*\*\*@127\.0\.0\.1:\d+\] nothing listens there; is Redis running/);
  });

  it('says what to do when something else listens', async () => {
    const [stranger, port] = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await rejection(attachRedis(`redis://127.0.0.1:${port}`))).message).toContain('is that a Redis?');
    stranger.close();
  });

  it('gives up on something that does not answer', async () => {
    const [mute, port] = await listen(() => {});
    expect((await rejection(attachRedis(`redis://127.0.0.1:${port}`))).message).toContain('did not answer within 5 s');
    mute.close();
  });
});

describe('findRedisServer', () => {
  it('finds nothing on a PATH without one, nor in a relative folder', () => {
    expect(findRedisServer('')).toBeUndefined();
    expect(findRedisServer('/dev')).toBeUndefined();
    expect(findRedisServer('.:bin')).toBeUndefined();
  });
});

describeWith(findServer('redis-server'), 'a redis-server', (program) => {
  let launch: TestLaunch;
  beforeAll(async () => {
    launch = await TestLaunch.open();
  });
  afterAll(() => launch.close());

  it('is found on the PATH and started', async () => {
    expect(findRedisServer()).toBe(program);
    const server = await startServer('r1', launch, program);
    expect(server.embedded).toBe(false);
    expect(await attachRedis(server.url)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('is started on another port when the first one is taken', async () => {
    const [taken, port] = await listen(() => {});
    const ports = [port, await launch.freePort()];
    const unlucky: Launch = {
      folder: launch.folder,
      program: (...start) => launch.program(...start),
      ours: (...start) => launch.ours(...start),
      freePort: () => Promise.resolve(ports.shift() ?? 0),
    };
    const server = await startServer('r1', unlucky, program);
    expect(server.url).not.toContain(String(port));
    expect(ports).toEqual([]);
    taken.close();
  });

  it('that dies is named with its last words', async () => {
    await expect(startServerOn(-5, 'r1', launch, program)).rejects.toThrow(
      /\[r1\] ended before it was ready:.*argument must be between 0 and 65535/s,
    );
  });

  it('is only spoken to in the commands an attached server must allow, and keeps nothing', async () => {
    const server = await startServer('r1', launch, program);
    await attachRedis(server.url);
    const transport = await openRedis(new Ear('n1'), [{ id: 'r1', url: server.url }], settings);
    await transport.subscribe(address);
    await transport.publish(address, message);
    await transport.unsubscribe(address);
    await transport.settle();
    const { raw } = await counters({ id: 'r1', url: server.url });
    await transport.close();
    const answer = await ask(server, ['INFO', 'all']);
    const commands = [...answer.matchAll(/cmdstat_([a-z|]+):/g)].map(([, name]) => name);
    expect(commands.sort()).toEqual(['hello', 'info', 'ping', 'publish', 'subscribe', 'unsubscribe']);
    expect(answer).not.toMatch(/^db\d+:/m);
    expect(raw).toMatchObject({ cmdstat_publish: 1, cmdstat_subscribe: 1, cmdstat_unsubscribe: 1, redis_version: expect.any(String) });
  });

  it('with a password is not entered without it, and the password is never shown', async () => {
    const server = await startServer('r1', launch, program);
    await ask(server, ['CONFIG', 'SET', 'requirepass', 'sesame']);
    const at = server.url.replace('redis://', '');
    expect((await rejection(attachRedis(server.url))).message).toContain('asks for a password');
    const wrong = await rejection(attachRedis(`redis://:sesame-street@${at}`));
    expect(wrong.message).toContain('refused the user or password');
    expect(JSON.stringify([wrong.message, wrong.stack, wrong.cause])).not.toContain('sesame');
    const opened = await rejection(openRedis(new Ear('n1'), [{ id: 'r1', url: `redis://:sesame-street@${at}` }], settings));
    expect(opened.message).toMatch(/^\[r1\] cannot be used: refused the user or password/);
    expect(JSON.stringify([opened.message, opened.stack, wordsOf(opened.cause)])).not.toContain('sesame');
    const transport = await openRedis(new Ear('n1'), [{ id: 'r1', url: `redis://:sesame@${at}` }], settings);
    expect(await transport.publish(address, message)).toBe(0);
    await transport.close();
    expect(await attachRedis(`redis://:sesame@${at}`)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('that refuses a publish rejects it, in its own words', async () => {
    const server = await startServer('r1', launch, program);
    await ask(server, ['ACL', 'SETUSER', 'default', '-publish']);
    const transport = await openRedis(new Ear('n1'), [{ id: 'r1', url: server.url }], settings);
    await expect(transport.publish(address, message)).rejects.toMatchObject({
      outcome: 'rejected',
      message: expect.stringContaining('[r1] refused PUBLISH: NOPERM'),
    });
    await ask(server, ['ACL', 'SETUSER', 'default', '-subscribe']);
    await expect(transport.subscribe(address)).rejects.toThrow('[r1] refused SUBSCRIBE: NOPERM');
    await transport.close();
  });

  it('that does not confirm in time is given up, and confirms everything when it is back', async () => {
    const server = await startServer('r1', launch, program);
    const listener = new Listener('n1', 'r1');
    const patient = { ...connectionTimes, answerTimeoutMs: 200, closeTimeoutMs: 50 };
    const transport = await openRedis(listener, [{ id: 'r1', url: server.url }], settings, patient);
    listener.use(transport);
    listener.want('u:ann');
    await listener.until('ready u:ann');
    process.kill(server.pid, 'SIGSTOP');
    listener.want('u:bob');
    await listener.until('unheard u:bob');
    process.kill(server.pid, 'SIGCONT');
    await listener.until('reconnected r1');
    await Promise.all([listener.until('ready u:ann', 2), listener.until('ready u:bob')]);
    expect(listener.changes.filter((change) => change.endsWith(' r1'))).toEqual(['lost r1', 'reconnected r1']);
    process.kill(server.pid, 'SIGSTOP');
    await expect(transport.unsubscribe({ broker: 'r1', channel: 'u:bob' })).rejects.toThrow('did not confirm UNSUBSCRIBE');
    process.kill(server.pid, 'SIGCONT');
    await listener.until('reconnected r1', 2);
    await transport.close();
  });

  it('that hangs is given up: what it was asked becomes an error, what it was sent unknown, and it is lost', async () => {
    const server = await startServer('r1', launch, program);
    const ear = new Ear('n1');
    const transport = await openRedis(ear, [{ id: 'r1', url: server.url }], settings, quick);
    process.kill(server.pid, 'SIGSTOP');
    const publish = transport.publish(address, message);
    await expect(transport.subscribe(address)).rejects.toThrow('[r1] did not confirm SUBSCRIBE within 0.2 s');
    await expect(publish).rejects.toMatchObject({ outcome: 'unknown', message: expect.stringContaining('[r1]') });
    await ear.until('lost r1');
    process.kill(server.pid, 'SIGCONT');
    await ear.until('reconnected r1');
    await transport.subscribe(address);
    expect(await transport.publish(address, message)).toBe(1);
    await transport.settle();
    expect(ear.ids).toEqual(['n1-1']);
    await transport.close();
  });
});

async function listen(accept: (socket: Socket) => void): Promise<[server: Server, port: number]> {
  const server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, (server.address() as AddressInfo).port];
}

async function ask(server: Started, words: readonly string[]): Promise<string> {
  const connection = await RawConnection.open(Number(new URL(server.url).port));
  connection.send(encodeRequest(words) + encodeRequest(['ECHO', 'asked']));
  const answer = await connection.until('asked\r\n');
  connection.close();
  if (answer.startsWith('-')) throw new Error(answer);
  return answer;
}

async function rejection(work: Promise<unknown>): Promise<BenchError> {
  const outcome = await work.then(wordsOf, (error: unknown) => error);
  if (outcome instanceof BenchError) return outcome;
  throw new Error(`no BenchError: ${wordsOf(outcome)}`);
}
