import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Guard } from '../processes/guard.js';
import { readResult } from '../report/json.js';
import { sampleResult } from '../report/testing/sample.js';
import { RunFolder } from './runFolder.js';
import { resultIn, temporaryFolder } from './testing/bench.js';
import { writeReport } from './writeReport.js';

const folder = temporaryFolder();
let guard: Guard;
let number = 0;

beforeEach(() => {
  guard = Guard.start();
});
afterEach(() => guard.close());
afterAll(() => folder.remove());

function place(): string {
  const path = join(folder.path, `run-${++number}`);
  mkdirSync(path);
  guard.tell('unfinished', path);
  return path;
}

describe('the folder of a run', () => {
  it('holds the plan from the beginning, then the result whole, and nothing of a run that was discarded', async () => {
    const result = sampleResult();
    const path = place();
    const run = await RunFolder.begin(path, result.plan, guard);
    expect(readdirSync(path)).toEqual(['plan.json']);
    await run.keep(result);
    await run.discard();
    expect(readdirSync(path).sort()).toEqual(['plan.json', 'result.json']);
    expect(readResult(readFileSync(join(path, 'result.json'), 'utf8'), 'it')).toEqual(result);

    const other = await RunFolder.begin(place(), result.plan, guard);
    await other.discard();
    expect(readdirSync(folder.path)).not.toContain(`run-${number}`);
  });

  it('keeps the result when a chart cannot be drawn, and still writes the rest', async () => {
    const path = place();
    const broken = { name: 'png', render: () => Promise.reject(new Error('no font')) };
    const page = { name: 'html', render: async () => [{ path: 'report.html', content: 'a page' }] };
    const { written, failed } = await writeReport(path, sampleResult(), 'en', [broken, page]);
    expect(written).toEqual([join(path, 'report.html')]);
    expect(failed).toEqual([`the png report in ${path} cannot be made: no font`]);
  });

  it('names the file that cannot be written', async () => {
    const path = place();
    mkdirSync(join(path, 'report.html'));
    const { failed } = await writeReport(path, sampleResult(), 'en', [
      { name: 'html', render: async () => [{ path: 'report.html', content: 'a page' }] },
    ]);
    expect(failed).toEqual([expect.stringMatching(/cannot write .*report\.html: EISDIR/)]);
  });
});

describe('a folder called latest', () => {
  it('that somebody made costs a warning, and leaves nothing beside it', () => {
    const cwd = join(folder.path, 'somewhere');
    mkdirSync(join(cwd, 'results', 'latest'), { recursive: true });
    const args = [resolve('dist/src/cli.js'), 'run', '--strategy', 'single-server', '--duration', '1s'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd });
    expect(stderr).toMatch(/warning: .*latest does not point to .*-single-server-direct: .*; remove what stands there/);
    expect(status).toBe(0);
    expect(readdirSync(join(cwd, 'results'))).toEqual([expect.stringMatching(/-single-server-direct$/), 'latest']);
  });
});

describe('a disk that is full', () => {
  it('costs the page and not the result: a warning names the file, and the exit code is that of the verdict', () => {
    const out = join(folder.path, 'full');
    const cli = resolve('dist/src/cli.js');
    // No file may grow beyond this: room for result.json, not for report.html with its chart library.
    const limited = `ulimit -f 160; exec "${process.execPath}" "${cli}" run --strategy hashed --duration 1s --out "${out}"`;
    const { status, stderr, stdout } = spawnSync('bash', ['-c', limited], { encoding: 'utf8', cwd: folder.path });
    expect(stderr).toMatch(/warning: cannot write .*full\/report\.html: EFBIG.*npx bench report/);
    expect(stdout).toContain('PASS');
    expect(status).toBe(0);
    expect(resultIn(out).verdict.status).toBe('pass');
  });
});
