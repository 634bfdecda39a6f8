import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that play run after run take longest, then those that start `bench`: they begin first, so that no worker is left alone with one at the end.
 * The rest go by how long they took the last time, or by their size where there was none.
 */
const longest = [/\.live\.test\.ts$/, /\/src\/commands\//, /^/];

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
    // Most of the suite waits for processes; more at once would only make them late.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
