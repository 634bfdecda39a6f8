import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import type { Result } from '../measure/result.js';
import { bench, noServers, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const size = ['--nodes', '2', '--brokers', '2', '--users', '40', '--rate', '100', '--duration', '1s', '--seed', '7'];

async function played(form: readonly string[], warmUp: string): Promise<Result> {
  const out = join(folder.path, `${form.join('')}-${warmUp}`);
  const args = ['run', '--strategy', 'hashed', ...form, ...size, '--warm-up', warmUp, '--out', out];
  const { code, stderr } = await bench(args, { env: noServers });
  expect(`exit code ${code}: ${code === 0 ? '' : stderr}`).toBe('exit code 0: ');
  return resultIn(out);
}

/** What the brokers took in before the measured window, in their own words. */
function before({ brokers }: Result): number {
  const calls = (counters: Result['brokers'][number]['raw']['start']) => Number(counters?.cmdstat_publish ?? Number.NaN);
  return brokers.reduce((total, { raw }) => total + calls(raw.start) - calls(raw.attached), 0);
}

it.each([
  ['direct', ['--scenario', 'direct']],
  ['rooms by members', ['--scenario', 'rooms', '--rooms', 'members']],
  ['rooms by topic', ['--scenario', 'rooms', '--rooms', 'topic']],
])('a warm-up passes through the brokers and changes no exact figure (%s)', async (_name, form) => {
  const [cold, warm] = [await played(form, '0'), await played(form, '1s')];
  expect(differences(exactFigures(cold), exactFigures(warm))).toEqual([]);
  expect(before(warm) - before(cold)).toBeGreaterThanOrEqual(100);
  expect([cold.plan.warmUpSeconds, warm.plan.warmUpSeconds]).toEqual([0, 1]);
  expect(warm.plan.command).toContain('--warm-up 1s');
});
