import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawConnection } from '../testing/rawConnection.js';
import { type RunningServer, startRedisServer } from '../testing/redisServer.js';
import { play, type Step, send, type Transcript } from '../testing/script.js';
import { describeWith, findServer } from '../testing/servers.js';
import { cases, sortedLines } from './compare.cases.js';
import { startEmbeddedBroker } from './server.js';

describeWith(findServer('redis-server'), 'the embedded broker answers as redis-server does', (path) => {
  let redis: RunningServer;

  beforeAll(async () => {
    redis = await startRedisServer(path);
  });

  afterAll(() => redis.stop());

  /** The same conversation with both, each beginning without keys. */
  async function both(protocol: 2 | 3, steps: readonly Step[]): Promise<readonly [ours: Transcript, theirs: Transcript]> {
    const embedded = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 });
    try {
      await flush(redis.port);
      return [await play(embedded.port, protocol, steps), await play(redis.port, protocol, steps)];
    } finally {
      await embedded.close();
    }
  }

  describe.each([2, 3] as const)('in RESP%i', (protocol) => {
    it.each(cases)('$title', async ({ steps, mask = (received) => received }) => {
      const [ours, theirs] = await both(protocol, steps);
      expect(masked(ours, mask)).toEqual(masked(theirs, mask));
    });

    it('any conversation of two connections', async () => {
      const property = fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 8 }), async (steps) => {
        const [ours, theirs] = await both(protocol, steps);
        expect(masked(ours, sortedLines)).toEqual(masked(theirs, sortedLines));
      });
      await fc.assert(property, { numRuns: 200 });
    });

    it('any pattern and channel', async () => {
      const names = fc.array(globText, { minLength: 1, maxLength: 8 });
      const property = fc.asyncProperty(names, names, async (patterns, channels) => {
        const publishes = channels.map((channel) => ['PUBLISH', channel, 'x']);
        const [ours, theirs] = await both(protocol, [send('a', ['PSUBSCRIBE', ...patterns]), send('p', ...publishes)]);
        expect(masked(ours, sortedLines)).toEqual(masked(theirs, sortedLines));
      });
      await fc.assert(property, { numRuns: 200 });
    });
  });

  it('any line typed by hand', async () => {
    const property = fc.asyncProperty(fc.array(typedText, { maxLength: 4 }), async (lines) => {
      const bytes = [...lines.map((line) => `ECHO ${line}`), 'QUIT', ''].join('\r\n');
      const [ours, theirs] = await both(2, [{ connection: 'a', bytes, closes: true }]);
      expect(ours).toEqual(theirs);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it.each(['server', 'clients', 'memory', 'persistence', 'stats', 'replication', 'cpu', 'commandstats', 'keyspace'])(
    'INFO %s has the title and fields of Redis',
    async (section) => {
      const [ours, theirs] = await both(2, [send('a', ['SET', 'k', 'v'], ['GET'], ['INFO', section])]);
      const [title, ...fields] = shapes(ours);
      expect(title).toBe(shapes(theirs)[0]);
      expect(fields.length).toBeGreaterThan(0);
      expect(fields.filter((field) => !shapes(theirs).includes(field) && !newerOrOurs.includes(field))).toEqual([]);
    },
  );

  it('CLIENT LIST has the fields of Redis in its order, and two of 7.2', async () => {
    const [ours, theirs] = await both(2, [send('a', ['CLIENT', 'LIST'])]);
    const fields = clientFields(ours);
    expect(fields).toEqual([...clientFields(theirs).filter((field) => fields.includes(field)), 'lib-name', 'lib-ver']);
  });
});

/** The mark of this broker, and a counter that came with Redis 7.4. */
const newerOrOurs = ['bench_embedded', 'client_output_buffer_limit_disconnections'];

const key = fc.constantFrom('k', 'l', 'm');
const word = fc.oneof(key, key, fc.constantFrom('1', '0', '-1', '100', 'NX', 'ex', ''), fc.string({ unit: 'binary-ascii', maxLength: 4 }));
const commandName = fc.constantFrom(
  ...[
    'SET',
    'get',
    'DEL',
    'EXISTS',
    'SADD',
    'SREM',
    'Scard',
    'SISMEMBER',
    'SMEMBERS',
    'TYPE',
    'PTTL',
    'TTL',
    'DBSIZE',
    'PING',
    'ECHO',
    'NOPE',
  ],
  ...['PUBLISH', 'SUBSCRIBE', 'UNSUBSCRIBE', 'PSUBSCRIBE', 'PUNSUBSCRIBE', 'SELECT', 'RESET', 'DISCARD', 'EXEC'],
);
const anyRequest = fc.tuple(commandName, fc.array(word, { maxLength: 3 })).map(([name, words]) => [name, ...words]);
const anyTransaction = fc.array(anyRequest, { maxLength: 4 }).map((requests) => [['MULTI'], ...requests, ['EXEC']]);
const anyStep = fc
  .tuple(fc.constantFrom('a', 'b'), fc.oneof(fc.array(anyRequest, { minLength: 1, maxLength: 5 }), anyTransaction))
  .map(([connection, requests]) => send(connection, ...requests));
const typedText = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', 'x', '4', 'n', '\t', '\v'), maxLength: 12 });
const globText = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '*', '?', '[', ']', '^', '-', '\\'), maxLength: 8 });

async function flush(port: number): Promise<void> {
  const connection = await RawConnection.open(port);
  connection.send('FLUSHALL\r\n');
  await connection.until('+OK\r\n');
  connection.close();
}

function masked(transcript: Transcript, mask: (received: string) => string): Transcript {
  return Object.fromEntries(Object.entries(transcript).map(([name, { received, open }]) => [name, { received: mask(received), open }]));
}

/** The section's title and its fields, each with the names inside its value: `cmdstat_get calls usec ...`. */
function shapes({ a }: Transcript): string[] {
  const lines = (a?.received ?? '').split('\r\n').filter((line) => /^(# |[a-z]\w*:)/.test(line));
  return lines.map((line) => [line.split(':')[0], ...[...line.matchAll(/([a-z_]+)=/g)].map(([, name]) => name)].join(' '));
}

function clientFields({ a }: Transcript): string[] {
  const line = (a?.received ?? '').split('\r\n').find((candidate) => candidate.startsWith('id='));
  return (line ?? '')
    .trim()
    .split(' ')
    .map((field) => field.split('=')[0] ?? '');
}
