import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { transportKind } from '../index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-missing-'));
  vi.stubEnv('PATH', [folder, '/usr/bin', '/bin'].join(delimiter));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A program that says this when it is asked for its version, and notes that it was asked. */
async function installed(words: string, name = 'redis-server'): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\necho asked >> "${file}.asked"\necho '${words}'\n`);
  await chmod(file, 0o755);
}

const missing = async (kind: string) => (await transportKind(kind)).missing();

describe('on a Redis', () => {
  it('of version 6, only what needs no sharded channels and no cluster of today can run, and the rest says what is there', async () => {
    await installed('Redis server v=6.2.14 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=1');
    for (const kind of ['redis-cluster', 'redis-sharded', 'redis-sharded-adapter']) {
      expect(await missing(kind)).toMatch(/needs redis-server 7 or newer.*apt-get install.*redis-server is 6\.2\.14$/);
    }
    for (const kind of ['redis-adapter', 'redis-streams-adapter']) expect(await missing(kind)).toBeUndefined();
    expect(await readFile(join(folder, 'redis-server.asked'), 'utf8')).toBe('asked\n');
  });

  it.each([
    ['of version 7', 'Redis server v=7.0.0 sha=00000000:0'],
    ['of a version of two digits', 'Redis server v=10.1.0 sha=00000000:0'],
    ['that does not say its version', 'hello'],
  ])('%s everything can run', async (_, words) => {
    await installed(words);
    for (const kind of ['redis-cluster', 'redis-sharded', 'redis-sharded-adapter']) expect(await missing(kind)).toBeUndefined();
  });
});

it('where no Redis is, each kind says what it needs itself', async () => {
  vi.stubEnv('PATH', '/dev');
  expect(await missing('redis-adapter')).toMatch(/needs redis-server 6 or newer/);
  expect(await missing('redis-sharded-adapter')).toMatch(/needs redis-server 7 or newer/);
});
