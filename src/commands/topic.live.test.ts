import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { noServers, temporaryFolder } from './testing/bench.js';
import { describeForm, expectPassed, timeout } from './testing/liveForm.js';
import { playBatch, resultOf } from './testing/liveRuns.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

await describeForm('topic');

const embedded = ['hashed', 'single-channel', 'grouped'];
it(
  'on the embedded broker they cost the same, and say that it is embedded',
  async () => {
    const batch = await playBatch(embedded, 'topic', join(folder.path, 'embedded'), { env: noServers });
    for (const strategy of embedded) {
      const result = resultOf(batch, strategy);
      await expectPassed(result, 'embedded');
      expect(result.brokers.every((broker) => broker.embedded)).toBe(true);
    }
  },
  timeout,
);
