import { readFile, rename, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { unavailable, wordsOf } from '../../error.js';
import { issuesInWords, parsed } from '../../report/json.js';
import { type Limits, leastLimits, limitsFrom } from '../../verdict/limits.js';
import type { Pair } from '../../verdict/pairs.js';
import { makeFolder } from '../makeFolder.js';
import { statisticalRun } from './statisticalSet.js';

/** Where `bench gate --calibrate` leaves its pairs and `bench gate` looks for them. */
export const usualCalibration = 'results/gate-calibration.json';

/** Fewer pairs than these are no picture of what a machine does. */
export const leastAlike = 20;

/** 1: the sides of a pair were played one after the other; 2: at the same time. */
const schemaNow = 2;

const figure = v.nullable(v.number());
const cost = v.strictObject({ nodeUs: figure, brokerUs: figure, responseMsP99: figure, deliveredPerSecond: figure });
const schema = v.strictObject({
  schema: v.number(),
  machine: v.string(),
  run: v.string(),
  pairs: v.array(v.strictObject({ strategy: v.string(), first: v.picklist(['base', 'head']), base: cost, head: cost })),
});

/** What the limits of a gate are, and in words where they come from. */
export interface ChosenLimits {
  readonly words: string;
  of(strategy: string): Limits;
}

/** Of this machine where it was calibrated for these runs, else the least there are, beside what the pairs themselves reach by chance. A file that was named must be of use. */
export async function chosenLimits(file: string, named: boolean, strategies: readonly string[], pairs: number): Promise<ChosenLimits> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (!named && error.code === 'ENOENT') return null;
    throw unavailable(`cannot read ${file} (${wordsOf(error)}); make it with bench gate --calibrate`, error);
  });
  if (text === null) return uncalibrated('bench gate --calibrate was not run here');
  const checked = v.safeParse(schema, parsed(text, file));
  if (!checked.success)
    throw unavailable(`${file} is no calibration of a gate: ${issuesInWords(checked.issues)}; make it with bench gate --calibrate`);
  const why = unfit(checked.output, strategies);
  if (why === null)
    return {
      words: `those of this machine, from ${file}, or what these pairs reach by chance if that is more`,
      of: (strategy) => limitsFrom(of(checked.output.pairs, strategy), pairs),
    };
  if (named) throw unavailable(`${file} ${why}; make it anew with bench gate --calibrate`);
  return uncalibrated(`${file} ${why}`);
}

function uncalibrated(why: string): ChosenLimits {
  return { words: `what these pairs themselves reach by chance, since ${why}`, of: () => leastLimits };
}

function unfit({ schema: version, machine, run, pairs }: v.InferOutput<typeof schema>, strategies: readonly string[]): string | null {
  if (version !== schemaNow) return 'is of a bench that played its pairs otherwise';
  if (machine !== thisMachine()) return `is of another machine (${machine})`;
  if (run !== statisticalRun.join(' ')) return 'is of other runs than the gate plays now';
  const few = strategies.find((strategy) => of(pairs, strategy).length < leastAlike);
  return few === undefined ? null : `has fewer than ${leastAlike} pairs of ${few}`;
}

function of(pairs: readonly Pair[], strategy: string): readonly Pair[] {
  return pairs.filter((pair) => pair.strategy === strategy);
}

export async function keepCalibration(file: string, pairs: readonly Pair[]): Promise<void> {
  const lines = pairs.map((pair) => `    ${JSON.stringify(pair)}`).join(',\n');
  const head = { machine: thisMachine(), run: statisticalRun.join(' ') };
  const text = `{\n  "schema": ${schemaNow},\n  "machine": ${JSON.stringify(head.machine)},\n  "run": ${JSON.stringify(head.run)},\n  "pairs": [\n${lines}\n  ]\n}\n`;
  try {
    await makeFolder(dirname(resolve(file)));
    await writeFile(`${file}.partial`, text);
    await rename(`${file}.partial`, file);
  } catch (error) {
    throw unavailable(`cannot write ${file} (${wordsOf(error)}); name another with --calibration`, error);
  }
}

/** Of a virtual machine too: what its processor is called, and how many of it there are. */
function thisMachine(): string {
  const all = cpus();
  return `${all.length} x ${all[0]?.model.trim() ?? 'unknown'}, Node.js ${process.version}`;
}
