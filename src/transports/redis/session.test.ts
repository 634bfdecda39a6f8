import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../../error.js';
import { connectionTimes } from '../times.js';
import { PublishError } from '../types.js';
import { dial } from './dial.js';
import { classic } from './pubSub.js';
import type { RedisSession } from './session.js';

/** A server that says what the test tells it to, whatever it is asked. */
class Puppet {
  readonly #server: Server;
  readonly #answers: readonly string[];
  #socket: Socket | undefined;
  asked = '';

  static async open(answers: readonly string[]): Promise<Puppet> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Puppet(server, answers);
  }

  private constructor(server: Server, answers: readonly string[]) {
    this.#server = server;
    this.#answers = answers;
    server.on('connection', (socket) => {
      const answers = [...this.#answers];
      this.#socket = socket;
      socket.on('data', (bytes) => {
        this.asked += bytes.toString('latin1');
        socket.write(answers.shift() ?? '', 'latin1');
      });
      // A connection that is cut while it is written to ends with an error; the tests look at the other end.
      socket.on('error', () => {});
    });
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  say(text: string): void {
    this.#socket?.write(text, 'latin1');
  }

  async close(): Promise<void> {
    this.#socket?.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const hello = '*2\r\n$6\r\nserver\r\n$5\r\nredis\r\n';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function session(answers: readonly string[], times = connectionTimes): Promise<[RedisSession, Puppet]> {
  const puppet = await Puppet.open([hello, ...answers]);
  open.push(puppet);
  const dialled = await dial(puppet.url, times, { pubSub: classic, message: () => {} });
  open.unshift({ close: () => dialled.end() });
  return [dialled, puppet];
}

describe('a connection to a Redis is over when the server', () => {
  it.each([
    ['says what is no RESP', 'HTTP/1.1 200 OK\r\n', /no RESP: a reply begins with the byte 72/],
    ['answers what nobody asked', ':1\r\n', /nobody had asked for: "1"/],
    [
      'takes a channel back by itself',
      '*3\r\n$12\r\nsunsubscribe\r\n$1\r\nc\r\n:0\r\n',
      /nobody had asked for: \["sunsubscribe","c","0"\]/,
    ],
    ['says good-bye by itself', '-ERR max number of clients reached\r\n', /nobody had asked for: ERR max number/],
  ])('%s', async (_, text, words) => {
    const [dialled, puppet] = await session([]);
    puppet.say(text);
    expect(await dialled.over).toMatch(words);
    expect(() => dialled.publish('c', Buffer.from('frame'))).toThrow('the connection is closed');
  });

  it.each([
    ['a publish', (dialled: RedisSession) => dialled.publish('c', Buffer.from('frame')), '+OK\r\n'],
    ['a subscription', (dialled: RedisSession) => dialled.subscribe('c'), '*3\r\n$9\r\nsubscribe\r\n$5\r\nother\r\n:1\r\n'],
    ['a ping', (dialled: RedisSession) => dialled.settle(), ':1\r\n'],
  ])('answers %s with what is no answer to it; what was asked stays open until then', async (_, ask, text) => {
    const [dialled] = await session([text]);
    await expect(ask(dialled)).rejects.toThrow('nobody had asked for');
    expect(await dialled.over).toContain('nobody had asked for');
  });

  it('answers nothing for too long', async () => {
    const [dialled] = await session([], { ...connectionTimes, silenceTimeoutMs: 100 });
    await expect(dialled.settle()).rejects.toThrow('did not answer within 0.1 s');
    expect(await dialled.over).toContain('did not answer within 0.1 s');
  });
});

describe('a connection to a Redis', () => {
  it('knows of a refused publish that it did not happen, and of one that is not answered nothing', async () => {
    const [dialled, puppet] = await session(['-NOPERM no\r\n', '-MOVED 42 127.0.0.1:1\r\n']);
    await expect(dialled.publish('c', Buffer.from('frame'))).rejects.toEqual(new PublishError('rejected', 'refused PUBLISH: NOPERM no'));
    await expect(dialled.publish('c', Buffer.from('frame'))).rejects.toThrow(/MOVED 42 .*bench does not follow slots that move/);
    const open = expect(dialled.publish('c', Buffer.from('frame'))).rejects.not.toBeInstanceOf(PublishError);
    await puppet.close();
    await open;
  });

  it('asks in one write what it is asked in one turn, in that order', async () => {
    const [dialled, puppet] = await session([':1\r\n:2\r\n+PONG\r\n']);
    puppet.asked = '';
    const receipts = [dialled.publish('c', Buffer.from('one')), dialled.publish('d', Buffer.from('two')), dialled.settle()];
    expect(await Promise.all(receipts)).toEqual([1, 2, undefined]);
    const publish = (channel: string, frame: string) => `*3\r\n$7\r\nPUBLISH\r\n$1\r\n${channel}\r\n$3\r\n${frame}\r\n`;
    expect(puppet.asked).toBe(`${publish('c', 'one')}${publish('d', 'two')}*1\r\n$4\r\nPING\r\n`);
  });

  it('signs in with what the URL says, and shows none of it when that fails', async () => {
    const puppet = await Puppet.open(['-WRONGPASS sesame is wrong\r\n']);
    open.push(puppet);
    const url = puppet.url.replace('redis://', 'redis://ann:sesame@');
    const failure = await dial(url, connectionTimes, { pubSub: classic, message: () => {} }).catch((error: unknown) => error);
    expect(puppet.asked).toBe('*5\r\n$5\r\nHELLO\r\n$1\r\n2\r\n$4\r\nAUTH\r\n$3\r\nann\r\n$6\r\nsesame\r\n');
    expect(wordsOf(failure)).toBe('refused the user or password; check them in the URL (WRONGPASS *** is wrong)');
    expect(JSON.stringify([failure, failure instanceof Error && [failure.stack, failure.cause]])).not.toContain('sesame');
  });

  it('goes to the database of the URL', async () => {
    const puppet = await Puppet.open([hello, '-ERR DB index is out of range\r\n']);
    open.push(puppet);
    await expect(dial(`${puppet.url}/7`, connectionTimes, { pubSub: classic, message: () => {} })).rejects.toThrow(
      'DB index is out of range',
    );
    expect(puppet.asked).toContain('SELECT\r\n$1\r\n7\r\n');
  });
});
