import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const summary = fileURLToPath(new URL('../.ci/summary.js', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'bench-ci-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

async function run(script: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const written: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, lines: written.join('').trim().split('\n') };
}

/** The end of `.ci/run` on a suite of these files. */
async function ending(name: string, files: Readonly<Record<string, string>>): Promise<Ended> {
  const counts = join(folder, `${name}.json`);
  for (const [file, source] of Object.entries(files)) writeFileSync(join(folder, file), source);
  const paths = Object.keys(files);
  const { code } = await run(vitest, ['run', '--globals', '--allowOnly=false', '--reporter=json', `--outputFile.json=${counts}`, ...paths]);
  return run(summary, [counts, String(code), '0']);
}

const green = `it('adds', () => expect(1 + 1).toBe(2));`;

describe('the end of .ci/run', () => {
  it('is green when every test ran and passed', async () => {
    expect(await ending('green', { 'green.test.js': green })).toEqual({ code: 0, lines: ['1 passed, 0 failed'] });
  });

  it('names every test that did not run, whatever skipped it, and every file that did not load, and fails', async () => {
    const { code, lines } = await ending('red', {
      'skipping.test.js': `${green}
        it.skip('plain', () => {});
        it.skipIf(true)('by a condition', () => {});
        it('while it ran', ({ skip }) => skip());
        it.todo('to be written');
        describe.skip('a suite', () => { it('within', () => {}); });`,
      'failing.test.js': `${green} it('fails', () => expect(1).toBe(2));`,
      'broken.test.js': `import './nowhere.js';`,
      'only.test.js': `it.only('alone', () => {}); it('beside an .only', () => {});`,
    });
    const unrun = ['plain', 'by a condition', 'while it ran', 'to be written', 'a suite within'].map((name) => `skipping.test.js: ${name}`);
    const skipped = [...unrun, 'only.test.js: beside an .only'].map((name) => `skipped, which fails here: ${name}`);
    expect(lines.slice(0, -1).sort()).toEqual(['failed as a whole: broken.test.js', ...skipped].sort());
    // Beside those named here: `fails`, and `alone`, since an .only is forbidden.
    expect(lines.at(-1)).toBe('2 passed, 9 failed');
    expect(code).toBe(1);
  });

  it('fails when npm test did so before any test or outside of them', async () => {
    const before = join(folder, 'before.json');
    writeFileSync(before, '');
    const words = (code: number) => `failed outside of tests: npm test ended with exit code ${code}, see above`;
    expect(await run(summary, [before, '2', '0'])).toEqual({ code: 2, lines: [words(2), '0 passed, 1 failed'] });
    expect(await run(summary, [before, '0', '0'])).toEqual({ code: 1, lines: [words(0), '0 passed, 1 failed'] });
    expect(await run(summary, [join(folder, 'green.json'), '1', '0'])).toEqual({ code: 1, lines: [words(1), '1 passed, 1 failed'] });
  });

  it('fails when the gate did, though every test passed', async () => {
    const words = 'failed outside of tests: bench gate ended with exit code 2, see above';
    expect(await run(summary, [join(folder, 'green.json'), '0', '2'])).toEqual({ code: 2, lines: [words, '1 passed, 1 failed'] });
  });
});
