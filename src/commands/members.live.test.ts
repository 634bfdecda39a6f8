import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import { temporaryFolder } from './testing/bench.js';
import { describeForm, timeout } from './testing/liveForm.js';
import { playBatch, resultOf } from './testing/liveRuns.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const live = await describeForm('members');

const repeated = ['random-publish', 'directory-hash', 'mesh-replicated'].filter((name) => live.strategies.includes(name));
it(
  'two runs with one seed agree in every exact figure',
  async () => {
    const again = await playBatch(repeated, 'members', join(folder.path, 'again'));
    for (const strategy of repeated) {
      const one = exactFigures(await live.of(strategy));
      expect(one.size).toBeGreaterThan(90);
      expect(differences(one, exactFigures(resultOf(again, strategy)))).toEqual([]);
    }
  },
  timeout,
);
