import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bench, preloading, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

it('a run whose guardian cannot be started ends with 69 and says what to look at', async () => {
  const env = preloading("process.execPath='/nonexistent/node'");
  const out = join(folder.path, 'unguarded');
  const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--out', out], { env });
  expect(stderr).toContain('[guardian] /nonexistent/node cannot be started');
  expect(code).toBe(69);
  expect(existsSync(out)).toBe(false);
});
