import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from './makeFolder.js';
import { temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

it('makes those above it too, and is content with one that is there, also when two make it at once', async () => {
  const path = join(folder.path, 'a', 'b', 'c');
  await Promise.all([makeFolder(path), makeFolder(path)]);
  await makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

it('names the file that stands where a folder should be', async () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, 'mine');
  await expect(makeFolder(join(file, 'out'))).rejects.toThrow(`EEXIST: file already exists, mkdir '${file}'`);
});

it.runIf(process.platform === 'linux')('gives up where nobody can make a folder', async () => {
  await expect(makeFolder('/proc/results')).rejects.toThrow(/ENOENT.*\/proc\/results/);
});
