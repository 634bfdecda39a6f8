import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningServer, startRedisServer } from '../transports/testing/redisServer.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { bench, resultIn, start, temporaryFolder } from './testing/bench.js';
import { Dropper } from './testing/dropper.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const password = 'hunter2-very-secret';
const size = ['--nodes', '2', '--users', '60', '--rate', '300', '--duration', '2s'];

async function publishes(redis: Redis): Promise<number> {
  return Number(/cmdstat_publish:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
}

/** Every text of a folder, and the command line of every process of this machine. */
function textsOf(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [readFileSync(`/proc/${name}/cmdline`, 'latin1')];
      } catch {
        return [];
      }
    });
}

describeWith(findServer('redis-server'), 'attached to Redis servers that bench did not start', (path) => {
  const servers: RunningServer[] = [];
  const clients: Redis[] = [];

  beforeEach(async () => {
    for (let index = 0; index < 3; index++) {
      const server = await startRedisServer(path);
      servers.push(server);
      const client = new Redis(server.port, '127.0.0.1');
      await client.config('SET', 'requirepass', password);
      await client.auth(password);
      clients.push(client);
    }
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const url = (port: number | undefined) => `redis://:${password}@127.0.0.1:${port}`;
  const environment = () => ({
    BENCH_REDIS: servers
      .slice(0, 2)
      .map(({ port }) => url(port))
      .join(','),
    BENCH_STORE: url(servers[2]?.port),
  });

  it('its numbers are theirs, they keep no key, and the password is found nowhere', async () => {
    const out = join(folder.path, 'attached');
    const before = await Promise.all(clients.map(publishes));
    const running = start(['run', '--strategy', 'hashed', '--scenario', 'rooms', ...size, '--out', out], { env: environment() });
    await running.said('load:');
    const during = commandLines();
    const { code, stdout, stderr } = await running.ended;
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    const after = await Promise.all(clients.map(publishes));
    const { brokers, plan } = resultIn(out);
    expect(brokers.map(({ origin }) => origin)).toEqual(['attached', 'attached']);
    for (const [index, { raw, in: taken }] of brokers.entries()) {
      const calls = [raw.attached, raw.start, raw.drained, raw.end].map((counters) =>
        Number(counters?.publish_calls ?? counters?.cmdstat_publish ?? 0),
      );
      expect([calls[0], calls[3]]).toEqual([before[index], after[index]]);
      expect(taken).toBe((calls[2] ?? 0) - (calls[1] ?? 0));
    }
    expect(await Promise.all(clients.map((client) => client.dbsize()))).toEqual([0, 0, 0]);
    expect(plan.attach.brokers?.every((masked) => masked.includes('***'))).toBe(true);
    const places = [...textsOf(out), stdout, stderr, ...during].filter((text) => text.includes(password));
    expect(places).toEqual([]);
  });

  it('a password on the command line is gone from the process list as soon as bench runs', async () => {
    const flags = ['--redis', environment().BENCH_REDIS, '--store', environment().BENCH_STORE];
    const running = start(['run', '--strategy', 'hashed', ...size, ...flags, '--out', join(folder.path, 'flags')]);
    await running.said('load:');
    expect(commandLines().filter((line) => line.includes(password))).toEqual([]);
    expect((await running.ended).code).toBe(0);
  });

  it('a wrong password is said without showing any', async () => {
    const { code, stderr } = await bench(['run', '--strategy', 'hashed'], {
      env: { BENCH_REDIS: `redis://:wrong-secret@127.0.0.1:${servers[0]?.port}` },
    });
    expect(code).toBe(69);
    expect(stderr).toMatch(/password|WRONGPASS/i);
    expect(stderr).not.toContain('wrong-secret');
  });

  it('a stray PUBLISH on a subscribed channel makes the verdict unknown and names that Redis and the difference', async () => {
    const out = join(folder.path, 'stray');
    const running = start(['run', '--strategy', 'hashed', ...size, '--out', out], { env: environment() });
    await running.said('load:');
    const [channel] = await (clients[1] as Redis).pubsub('CHANNELS', 'bench:*:u:*');
    expect(await (clients[1] as Redis).publish(String(channel), 'not ours')).toBe(1);
    const { code } = await running.ended;
    const { verdict } = resultIn(out);
    expect({ code, status: verdict.status }).toEqual({ code: 2, status: 'unknown' });
    expect(verdict.reasons.join('\n')).toMatch(/\[r2\] published by nodes = taken in by the broker: (\d+) is not (\d+) \(difference -1\)/);
  });

  it('one PUBLISH that a proxy swallows is noticed, and that Redis is named with the difference', async () => {
    const out = join(folder.path, 'dropped');
    const dropper = await Dropper.open(servers[0]?.port ?? 0);
    try {
      const env = { ...environment(), BENCH_REDIS: `${url(dropper.port)},${url(servers[1]?.port)}` };
      const running = start(['run', '--strategy', 'hashed', ...size, '--out', out], { env });
      await running.said('load:');
      dropper.arm();
      await dropper.dropped;
      const { code } = await running.ended;
      const { verdict } = resultIn(out);
      expect(['fail', 'unknown']).toContain(verdict.status);
      expect(code).toBe(verdict.status === 'fail' ? 1 : 2);
      expect(verdict.reasons.join('\n')).toMatch(/\[r1\] published by nodes = taken in by the broker: (\d+) is not (\d+) \(difference 1\)/);
    } finally {
      await dropper.close();
    }
  });
});
