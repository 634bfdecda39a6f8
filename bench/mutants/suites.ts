import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unavailable } from '../../src/error.js';
import type { Copy } from './copy.js';
import type { Runs } from './runs.js';

/** Tests that must find a change. */
export interface Suite {
  readonly name: 'live' | 'simulated';
  readonly files: readonly string[];
}

export const suites: readonly Suite[] = [
  { name: 'live', files: ['src/commands/direct.live.test.ts', 'src/run/redis.live.test.ts'] },
  { name: 'simulated', files: ['src/run/simulated.test.ts', 'src/run/simulated/'] },
];

/** What came of a suite. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly firstFailed: string | undefined;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests of a suite that name the strategy. Throws when no test ran: that is neither red nor green. */
export async function outcomeOf({ name, files }: Suite, strategy: string, copy: Copy, runs: Runs): Promise<Outcome> {
  const report = join(copy.path, 'dist', `${name}.json`);
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const only = ['--testNamePattern', `(^|[ '])${strategy}([ ',:]|$)`];
  const { output } = await runs.node([vitest, 'run', ...files, ...only, '--reporter=json', `--outputFile=${report}`], copy.path);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0);
  if (broken !== undefined) throw unavailable(`${broken.name} did not get as far as its tests: ${broken.message || output.slice(-2_000)}`);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const [passed, failed] = ['passed', 'failed'].map((status) => tests.filter((test) => test.status === status));
  if (passed === undefined || failed === undefined || passed.length + failed.length === 0)
    throw unavailable(`no test of the ${name} suite ran for ${strategy}: is redis-server installed?\n${output.slice(-2_000)}`);
  return { passed: passed.length, failed: failed.length, firstFailed: failed[0]?.fullName };
}
