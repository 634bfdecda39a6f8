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
  'two workers send the same as one, and nodes that gather what leaves together count the same',
  async () => {
    const flags = ['--workers', '2', '--gather', '2'];
    const batch = await playBatch(['hashed'], 'direct', join(folder.path, 'two-workers'), { flags });
    const [one, two] = [await live.of('hashed'), resultOf(batch, 'hashed')];
    expectClean(two);
    expect([one, two].map(({ workers }) => workers.length)).toEqual([1, 2]);
    expect([one, two].map(({ environment }) => environment.settings.gatherMs)).toEqual([0, 2]);
    expect(differences(exactFigures(one), exactFigures(two))).toEqual([]);
  },
  timeout,
);
