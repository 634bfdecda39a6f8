import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type BenchError, unavailable, wordsOf } from '../../error.js';
import type { Figures } from '../../measure/exact.js';
import type { Plan } from '../../plan/types.js';
import { issuesInWords, parsed } from '../../report/json.js';
import { makeFolder } from '../makeFolder.js';
import type { PlannedRun } from './exactPlans.js';

/** The figures of one run of the exact layer, and what was played, so that a baseline of something else is told from a failure. */
const baselineSchema = v.strictObject({
  schema: v.literal(1),
  played: v.record(v.string(), v.unknown()),
  figures: v.record(v.string(), v.record(v.string(), v.nullable(v.number()))),
});

type Baseline = v.InferOutput<typeof baselineSchema>;

/** What makes two runs comparable, and nothing that differs from one machine or commit to the next. */
function playedOf({ strategy, scenario, scenarioOptions = {}, rooms, size, seed, topology }: Plan) {
  const brokers = topology.brokers.map(({ id, kind }) => `${id} ${kind}`);
  return { strategy: strategy.name, options: strategy.options, scenario, scenarioOptions, rooms, size, seed, brokers };
}

/** The committed figures of each run, by its name. Throws, before anything is played, where one is missing, cannot be read or is of another set. */
export async function readBaseline(folder: string, runs: readonly PlannedRun[], again: string): Promise<ReadonlyMap<string, Figures>> {
  const found = (await filesIn(folder, again)).map((file) => file.slice(0, -ending.length));
  const missing = runs.filter(({ name }) => !found.includes(name));
  if (missing.length > 0) throw unusable(folder, `has no figures of ${missing.map(({ name }) => name).join(', ')}`, again);
  const stray = found.filter((name) => !runs.some((run) => run.name === name));
  if (stray.length > 0)
    throw unusable(folder, `is of another set of runs: it has ${stray.join(', ')}, which the gate does not play`, again);
  return new Map(await Promise.all(runs.map(async (run) => [run.name, await readOne(folder, run, again)] as const)));
}

const ending = '.json';

async function filesIn(folder: string, again: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch((error: unknown) => {
    throw unusable(folder, `cannot be read (${wordsOf(error)})`, again, error);
  });
  return entries.filter((name) => name.endsWith(ending));
}

async function readOne(folder: string, { name, plan }: PlannedRun, again: string): Promise<Figures> {
  const file = join(folder, name + ending);
  const { played, figures } = await recordIn(file, again);
  const expected = JSON.stringify(playedOf(plan));
  if (JSON.stringify(played) !== expected)
    throw unusable(file, `is of another run: it was ${JSON.stringify(played)}, the gate plays ${expected}`, again);
  return new Map(Object.entries(figures).flatMap(([place, of]) => Object.entries(of).map(([name, value]) => [`${place}.${name}`, value])));
}

async function recordIn(file: string, again: string): Promise<Baseline> {
  try {
    const checked = v.safeParse(baselineSchema, parsed(await readFile(file, 'utf8'), file));
    if (checked.success) return checked.output;
    throw unusable(file, `is no baseline: ${issuesInWords(checked.issues)}`, again);
  } catch (error) {
    throw unusable(file, `cannot be read (${wordsOf(error)})`, again, error);
  }
}

function unusable(place: string, words: string, again: string, cause?: unknown): BenchError {
  return unavailable(`the baseline ${place} ${words}; if that is meant, write it anew and read its diff: ${again}`, cause);
}

/** Writes every figure, each file whole or as it was; the same figures give the same bytes. What is of no run of the set goes. */
export async function writeBaseline(folder: string, figures: ReadonlyMap<PlannedRun, Figures>): Promise<void> {
  const texts = new Map([...figures].map(([{ name, plan }, of]) => [name + ending, baselineText(plan, of)]));
  try {
    await makeFolder(folder);
    for (const [file, text] of texts) await replace(join(folder, file), text);
    for (const file of await readdir(folder)) if (file.endsWith(ending) && !texts.has(file)) await rm(join(folder, file));
  } catch (error) {
    throw unavailable(`cannot write the baseline to ${folder} (${wordsOf(error)}); name another folder with --baseline`, error);
  }
}

async function replace(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  await writeFile(partial, text);
  await rename(partial, file);
}

/** One line for each place, so that a diff shows a place with all its figures. */
function baselineText(plan: Plan, figures: Figures): string {
  const places = new Map<string, [string, number | null][]>();
  for (const [figure, value] of figures) {
    const dot = figure.lastIndexOf('.');
    const place = figure.slice(0, dot);
    places.set(place, [...(places.get(place) ?? []), [figure.slice(dot + 1), value]]);
  }
  const lines = [...places].map(([place, of]) => `    ${JSON.stringify(place)}: ${JSON.stringify(Object.fromEntries(of))}`);
  return `{\n  "schema": 1,\n  "played": ${JSON.stringify(playedOf(plan))},\n  "figures": {\n${lines.join(',\n')}\n  }\n}\n`;
}
