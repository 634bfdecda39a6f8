import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bench, noServers, preloading, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Stops every load worker, and nobody else, for 150 ms five times a second: a generator that is slow on purpose. */
const stalling = `
if (process.argv[1]?.endsWith('load/main.js')) {
  setInterval(() => {
    for (const until = performance.now() + 150; performance.now() < until; );
  }, 200);
}`;

/** Direct messages with a limit on the response that a slow generator breaks. */
const scenario = `
import { directMessages } from 'bench/plan';
export default {
  name: 'in-time', title: 'In time', summary: 'Random users write to random others.', question: 'Is it fast?', answeredBy: ['latencyMs.response.all'],
  sizes: {
    smoke: { nodes: 2, brokers: 2, users: 40, ratePerSecond: 100, seconds: 2, bytes: 64 },
    full: { nodes: 2, brokers: 2, users: 40, ratePerSecond: 100, seconds: 10, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, responseMsP99: 30 },
  actions: (size, random) => directMessages('in-time', size, random),
};`;

it('a generator made slow on purpose makes time unknown, never bad; counts stay judged', async () => {
  const file = join(folder.path, 'in-time.ts');
  writeFileSync(file, scenario);
  const out = join(folder.path, 'out');
  const env = { ...noServers, ...preloading(stalling) };
  const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--scenario', file, '--warm-up', '0', '--out', out], { env });
  expect(`exit code ${code}: ${code === 2 ? '' : stderr}`).toBe('exit code 2: ');
  const { verdict, counts, latencyMs, plan } = resultIn(out);
  expect(plan.scenarioFile).toBe(file);
  expect(plan.command).toContain(`--scenario ${file}`);
  expect(counts).toMatchObject({ sent: 200, expected: 200, delivered: 200, lost: 0 });
  const p99 = latencyMs.response.all?.quantiles.find(([quantile]) => quantile === 0.99)?.[1];
  expect(p99).toBeGreaterThan(30);
  expect(verdict.status).toBe('unknown');
  expect(verdict.parts).toMatchObject({
    delivery: { status: 'pass' },
    accounting: { status: 'pass' },
    latency: { status: 'unknown' },
    load: { status: 'unknown', reasons: expect.arrayContaining([expect.stringContaining('the generator was late')]) },
  });
  expect(verdict.reasons.join(' ')).toMatch(/time (and throughput are|is) the generator's, not the system's/);
});
