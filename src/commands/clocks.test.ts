import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { bench, noServers, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Played {
  readonly result: Result;
  readonly stdout: string;
}

async function played(workers: number): Promise<Played> {
  const out = join(folder.path, `${workers}-workers`);
  const size = ['--nodes', '2', '--brokers', '1', '--users', '20', '--duration', '1s', '--workers', String(workers)];
  const { code, stdout, stderr } = await bench(['run', '--strategy', 'hashed', ...size, '--out', out], { env: noServers });
  expect(`exit code ${code}: ${code === 0 ? '' : stderr}`).toBe('exit code 0: ');
  return { result: resultIn(out), stdout };
}

it('the clocks of two load workers are measured, also on one machine, and their worst error is stated', async () => {
  const { workers, latencyMs, unknowns } = (await played(2)).result;
  const errors = workers.map(({ clockErrorMs }) => clockErrorMs ?? 0);
  for (const error of errors) expect(error).toBeGreaterThan(0);
  for (const { clockAheadMs } of workers) expect(clockAheadMs).not.toBe(0);
  expect(latencyMs.clockErrorMs).toBeCloseTo((errors[0] ?? 0) + (errors[1] ?? 0), 9);
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
