import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench, noServers, preloading, temporaryFolder } from './testing/bench.js';

/** Each process of a run pays for what it loads before it can do anything: it loads what it uses. */

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Written by every process of the run when it ends: its program, and the packages that it has loaded. */
const noting = `
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
process.once('exit', () => {
  const files = Object.keys(createRequire('/').cache);
  const packages = files.flatMap((file) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1] ?? []);
  const text = JSON.stringify({ program: process.argv[1], packages: [...new Set(packages)] });
  writeFileSync(process.env.BENCH_TEST_NOTES + '/' + process.pid, text);
});`;

interface Note {
  readonly program: string;
  readonly packages: readonly string[];
}

describe('a run of hashed', () => {
  let notes: readonly Note[] = [];
  beforeAll(async () => {
    const place = join(folder.path, 'notes');
    mkdirSync(place);
    const env = { ...noServers, BENCH_TEST_NOTES: place, ...preloading(noting) };
    const size = ['--nodes', '2', '--brokers', '1', '--users', '4', '--rate', '20', '--duration', '0.5s', '--warm-up', '0'];
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', ...size, '--out', join(folder.path, 'out')], { env });
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    notes = readdirSync(place).map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as Note);
  });

  const others = ['amqplib', 'redis', '@redis/client', '@nats-io/transport-node', '@socket.io/redis-adapter', '@socket.io/cluster-adapter'];
  it.each([
    ['a chat node', 'chat/main.js', 2, ['ioredis', 'socket.io'], [...others, 'prom-client', 'jiti']],
    ['the command', 'src/cli.js', 1, ['ioredis', 'commander'], [...others, 'socket.io', 'socket.io-client', 'jiti']],
  ])('%s has loaded the client of Redis, and of no other broker', (_who, program, count, loaded, spared) => {
    const mine = notes.filter((note) => note.program.endsWith(program));
    expect(mine.length).toBe(count);
    for (const { packages } of mine) {
      expect(packages).toEqual(expect.arrayContaining(loaded));
      expect(packages.filter((name) => spared.includes(name))).toEqual([]);
    }
  });
});
