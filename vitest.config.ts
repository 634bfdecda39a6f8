import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest begins first, so that no worker is left alone with it at the end: the suites of strategies, which mostly wait (for leases, for
 * servers that start), beside the runs of strategies, which mostly compute; then what starts `bench` or servers.
 * The rest go by how long they took the last time, or by their size where there was none.
 */
const longest = [/\/src\/run\/.*\.live\.test\.ts$/, /\.live\.test\.ts$/, /\/src\/commands\//, /\/src\/transports\//, /^/];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification) => longest.findIndex((group) => group.test(moduleId));
    return sorted.sort((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'strategies/**/*.test.ts', 'scenarios/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Two cores are busy with three files at once, since some wait; with more, what has to be in time is late.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
