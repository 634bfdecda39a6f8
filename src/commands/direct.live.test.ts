import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import { temporaryFolder } from './testing/bench.js';
import { describeForm, expectClean, timeout } from './testing/liveForm.js';
import { playBatch, resultOf } from './testing/liveRuns.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const live = await describeForm('direct');

it.skipIf(!live.strategies.includes('hashed'))(
  'two workers send the same as one',
  async () => {
    const batch = await playBatch(['hashed'], 'direct', join(folder.path, 'two-workers'), { flags: ['--workers', '2'] });
    const two = resultOf(batch, 'hashed');
    expectClean(two);
    expect(two.workers.length).toBe(2);
    expect(differences(exactFigures(await live.of('hashed')), exactFigures(two))).toEqual([]);
  },
  timeout,
);
