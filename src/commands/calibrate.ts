import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { usage, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { readResult } from '../report/json.js';
import { renderCalibration } from '../report/terminal/calibration.js';
import { calibrate } from '../run/modelled/calibration.js';
import { keepCalibration, usualPlace } from './calibrationFile.js';
import { screen } from './summary.js';

interface CalibrateFlags {
  readonly out: string;
  readonly json?: true;
}

const examples = `
A message costs less CPU the more of them there are: measure at the rates that you plan for, with several strategies, warmed up.

Examples:
  bench run --strategies hashed,single-channel,address-book --rate 1000 --duration 5s --out results/calibrate/direct
  bench run --strategies hashed,redis-broadcast --scenario rooms --rooms topic --rate 400 --out results/calibrate/rooms
  bench calibrate results/calibrate`;

export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description('find out from live results what a message costs each role on this machine, for `bench plan`')
    .argument('<result...>', 'live results: result.json files, or folders of them however deep')
    .option('--out <file>', 'where the calibration goes', usualPlace)
    .option('--json', 'print the calibration')
    .addHelpText('after', examples)
    .action(async (places: readonly string[], { out, json }: CalibrateFlags) => {
      const calibration = calibrate(await resultsIn(places), new Date().toISOString());
      await keepCalibration(calibration, out);
      process.stdout.write(json ? `${JSON.stringify(calibration, null, 2)}\n` : renderCalibration(calibration, screen()));
      process.stderr.write(`kept in ${out}\n`);
    });
}

async function resultsIn(places: readonly string[]): Promise<readonly Result[]> {
  const files = (await Promise.all(places.map(filesIn))).flat();
  return Promise.all(files.map(async (file) => readResult(await readFile(file, 'utf8'), file)));
}

async function filesIn(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch((error: unknown) => {
    throw usage(`cannot read ${place} (${wordsOf(error)}): name a result.json or a folder of results`, error);
  });
  if (!found.isDirectory()) return [place];
  const files = await readdir(place, { recursive: true });
  return files.filter((file) => /(^|[\\/])result\.json$/.test(file)).map((file) => join(place, file));
}
