import { readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { unavailable, wordsOf } from '../error.js';
import { parsed } from '../report/json.js';
import { type Calibration, readCalibration } from '../run/modelled/calibration.js';
import { referenceCalibration } from '../run/modelled/referenceCalibration.js';
import { makeFolder } from './makeFolder.js';

/** Where `bench calibrate` leaves it and `bench plan` looks for it. */
export const usualPlace = 'results/calibration.json';

export interface FoundCalibration {
  readonly calibration: Calibration;
  /** `results/calibration.json`, or that it is the one of this project. */
  readonly where: string;
}

/** The one that was named, else that of this folder, else the one that comes with bench. */
export async function findCalibration(named: string | undefined): Promise<FoundCalibration> {
  const place = named ?? usualPlace;
  const text = await readFile(place, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (named === undefined && error.code === 'ENOENT') return null;
    throw unavailable(
      `cannot read the calibration ${place} (${wordsOf(error)}): name another with --calibration, or make it with bench calibrate`,
      error,
    );
  });
  if (text === null)
    return {
      calibration: referenceCalibration,
      where: 'the reference that comes with bench, from another machine: bench calibrate makes your own',
    };
  return { calibration: readCalibration(parsed(text, place), place), where: relative(process.cwd(), resolve(place)) };
}

export async function keepCalibration(calibration: Calibration, place: string): Promise<void> {
  try {
    await makeFolder(dirname(resolve(place)));
    await writeFile(place, `${JSON.stringify(calibration, null, 2)}\n`);
  } catch (error) {
    throw unavailable(`cannot write the calibration to ${place} (${wordsOf(error)}): name another file with --out`, error);
  }
}
