import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { bench, noServers, preloading, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Played {
  readonly result: Result;
  readonly stdout: string;
}

async function played(workers: number, env: Readonly<Record<string, string>> = {}): Promise<Played> {
  const out = join(folder.path, `${workers}-workers`);
  const size = ['--nodes', '2', '--brokers', '1', '--users', '20', '--duration', '1s', '--workers', String(workers)];
  const { code, stdout, stderr } = await bench(['run', '--strategy', 'hashed', ...size, '--out', out], { env: { ...noServers, ...env } });
  expect(`exit code ${code}: ${code === 0 ? '' : stderr}`).toBe('exit code 0: ');
  return { result: resultIn(out), stdout };
}

/** Sets the second load worker's clock ahead, as if it ran on another machine. */
const setAhead = (ms: number) => `
if (process.argv[1]?.endsWith('load/main.js') && process.env.BENCH_INDEX === '1') {
  Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ${ms} });
}`;

it('the clocks of two load workers are measured, their worst error is stated, and times of the run are in one clock', async () => {
  const aheadMs = 5_000;
  const { workers, latencyMs, unknowns } = (await played(2, preloading(setAhead(aheadMs)))).result;
  const [first = NaN, second = NaN] = workers.map(({ clockAheadMs }) => clockAheadMs ?? NaN);
  const errors = workers.map(({ clockErrorMs }) => clockErrorMs ?? 0);
  for (const error of errors) expect(error).toBeGreaterThan(0);
  expect(latencyMs.clockErrorMs).toBeCloseTo((errors[0] ?? 0) + (errors[1] ?? 0), 9);
  // Processes read the machine's clock at their start, and it may be adjusted between two starts.
  const adjustedMs = 20;
  expect(Math.abs(second - first - aheadMs)).toBeLessThan((latencyMs.clockErrorMs ?? NaN) + adjustedMs);
  expect(latencyMs.service.all?.max).toBeLessThan(aheadMs);
  expect(unknowns).toEqual({});
});

describe('one load worker on the embedded broker', () => {
  let alone: Played;
  beforeAll(async () => {
    alone = await played(1);
  });

  it('has one clock, which is measured too and never apart from itself', () => {
    const { workers, latencyMs } = alone.result;
    expect(workers.map(({ clockErrorMs }) => (clockErrorMs ?? 0) > 0)).toEqual([true]);
    expect(latencyMs).toMatchObject({ clockErrorMs: 0, early: 0 });
  });

  it('says at the terminal and in the result that the broker is embedded', () => {
    expect(alone.stdout.toLowerCase()).toContain('embedded');
    expect(alone.result.brokers.map(({ embedded }) => embedded)).toEqual([true]);
  });
});
