import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRequest, RawConnection } from '../testing/rawConnection.js';
import { redisLimits } from './limits.js';
import { type EmbeddedBroker, startEmbeddedBroker } from './server.js';

const MiB = 1024 * 1024;
const limits = {
  ...redisLimits,
  requestBytes: 4 * MiB,
  subscriberOutput: { hardBytes: 4 * MiB, softBytes: 4 * MiB, softSeconds: 60 },
};

describe('the embedded broker', () => {
  let broker: EmbeddedBroker;

  beforeEach(async () => {
    broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0, limits });
  });

  afterEach(() => broker.close());

  async function connected(): Promise<RawConnection> {
    return RawConnection.open(broker.port);
  }

  /** A new connection's answer to one request. */
  async function ask(...words: readonly string[]): Promise<string> {
    const connection = await connected();
    connection.send(encodeRequest(words) + encodeRequest(['ECHO', 'asked']));
    const answer = await connection.until('asked\r\n');
    connection.close();
    return answer;
  }

  async function statistic(field: string): Promise<number> {
    return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(await ask('INFO', 'everything'))?.[1]);
  }

  it('says who, what and what to do when its port is in use', async () => {
    const second = startEmbeddedBroker({ host: '127.0.0.1', port: broker.port });
    await expect(second).rejects.toThrow(
      `[embedded broker] port ${broker.port} of 127.0.0.1 is in use; stop what listens there, or give port 0 for any free one`,
    );
  });

  it('says so when its address or port cannot be', async () => {
    await expect(startEmbeddedBroker({ host: '127.0.0.1', port: Number.NaN })).rejects.toThrow(/127\.0\.0\.1:NaN \(ERR_SOCKET_BAD_PORT\)/);
    await expect(startEmbeddedBroker({ host: '192.0.2.1', port: 0 })).rejects.toThrow(/cannot listen on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\)/);
  });

  it('can always be told from a Redis', async () => {
    expect(await ask('INFO', 'server')).toContain('\r\nbench_embedded:1\r\n');
  });

  it('outlives junk', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
      const connection = await connected();
      connection.send(Buffer.from(bytes).toString('latin1'));
      connection.close();
      expect(await ask('PING')).toContain('+PONG\r\n');
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('answers everything that came before the end of a half-closed connection', async () => {
    const connection = await connected();
    connection.send(encodeRequest(['PING']));
    connection.finish();
    expect(await connection.untilClosed()).toBe('+PONG\r\n');
  });

  it('forgets what a gone connection listened to', async () => {
    const subscriber = await connected();
    subscriber.send(encodeRequest(['SUBSCRIBE', 'c']) + encodeRequest(['PSUBSCRIBE', 'c*']));
    await subscriber.until(':2\r\n');
    expect(await ask('PUBLISH', 'c', 'x')).toContain(':2\r\n');
    subscriber.send(encodeRequest(['QUIT']));
    await subscriber.untilClosed();
    expect(await ask('PUBLISH', 'c', 'x')).toContain(':0\r\n');
    expect(await statistic('pubsub_channels')).toBe(0);
    expect(await statistic('pubsub_patterns')).toBe(0);
  });

  it('cuts a subscriber that does not read, counts it, and serves the others', async () => {
    const slow = await connected();
    const quick = await connected();
    for (const subscriber of [slow, quick]) subscriber.send(encodeRequest(['SUBSCRIBE', 'c']));
    await Promise.all([slow.until(':1\r\n'), quick.until(':1\r\n')]);
    slow.pause();
    const message = 'x'.repeat(MiB / 2);
    for (let sent = 1; (await statistic('client_output_buffer_limit_disconnections')) === 0; sent++) {
      await ask('PUBLISH', 'c', `${message}${sent}`);
      await quick.until(`${message}${sent}`);
      quick.take();
      expect(sent).toBeLessThan(100);
    }
    expect(await ask('PUBLISH', 'c', 'last')).toContain(':1\r\n');
    await quick.until('last');
    slow.close();
    quick.close();
  });

  it('closes a connection whose request or transaction outgrows its limit', async () => {
    const large = await connected();
    large.send(`*2\r\n$4\r\nECHO\r\n$${8 * MiB}\r\n${'x'.repeat(6 * MiB)}`);
    expect(await large.untilClosed()).toBe('');
    const queue = await connected();
    queue.send(encodeRequest(['MULTI']) + encodeRequest(['PING', 'x'.repeat(MiB)]).repeat(5));
    await queue.untilClosed();
    expect(await ask('PING')).toContain('+PONG\r\n');
  });

  it('counts calls, rejections and failures per command', async () => {
    for (const words of [['SET', 'k', 'v'], ['GET', 'k'], ['SADD', 'k', 'a'], ['GET']]) await ask(...words);
    const stats = await ask('INFO', 'commandstats');
    expect(stats).toMatch(/cmdstat_get:calls=1,usec=\d+,usec_per_call=\d+\.\d\d,rejected_calls=1,failed_calls=0\r\n/);
    expect(stats).toMatch(/cmdstat_sadd:calls=1,usec=\d+,usec_per_call=\d+\.\d\d,rejected_calls=0,failed_calls=1\r\n/);
  });

  it('counts bytes in and out', async () => {
    const before = { input: await statistic('total_net_input_bytes'), output: await statistic('total_net_output_bytes') };
    const request = encodeRequest(['ECHO', 'x'.repeat(100_000)]);
    await ask('ECHO', 'x'.repeat(100_000));
    expect((await statistic('total_net_input_bytes')) - before.input).toBeGreaterThanOrEqual(request.length);
    expect((await statistic('total_net_output_bytes')) - before.output).toBeGreaterThanOrEqual(100_000);
  });

  it('takes a request of very many words', async () => {
    const members = Array.from({ length: 150_000 }, (_, index) => `${index}`.slice(-3));
    const connection = await connected();
    connection.send(encodeRequest(['SADD', 's', ...members]));
    await connection.until(':1100\r\n');
    connection.close();
  });

  it('kills another connection by its id and by its address', async () => {
    for (const kind of ['ID', 'ADDR']) {
      const victim = await connected();
      victim.send(encodeRequest(['CLIENT', 'INFO']));
      const [, id = '', addr = ''] = /id=(\d+) addr=(\S+)/.exec(await victim.until('lib-ver=')) ?? [];
      expect(await ask('CLIENT', 'KILL', kind, kind === 'ID' ? id : addr)).toContain(':1\r\n');
      await victim.untilClosed();
    }
  });
});
