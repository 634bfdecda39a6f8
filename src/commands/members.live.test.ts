import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import { temporaryFolder } from './testing/bench.js';
import { describeForm, timeout } from './testing/liveForm.js';
import { playBatch, resultOf } from './testing/liveRuns.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const live = await describeForm('members');

/** Every live run has the figures of one simulation, so two of them agree; that is seen here without it, where every message costs questions. */
const repeated = 'directory-hash';
it(
  'two runs with one seed agree in every exact figure',
  async () => {
    const again = await playBatch([repeated], 'members', join(folder.path, 'again'));
    const one = exactFigures(await live.of(repeated));
    expect(one.size).toBeGreaterThan(90);
    expect(differences(one, exactFigures(resultOf(again, repeated)))).toEqual([]);
  },
  timeout,
);
