import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { readComparison } from '../report/comparison.js';
import { readResult } from '../report/json.js';
import { type Language, languages } from '../report/language.js';
import { resultsPage } from '../report/resultsPage.js';
import { seriesFiles } from '../report/seriesFiles.js';
import { makeFolder } from './makeFolder.js';
import { type Written, writeFiles, writeReport } from './writeReport.js';

interface ReportFlags {
  readonly out?: string;
  readonly markdown?: string;
  readonly lang?: Language;
}

const examples = `
Examples:
  bench report results/latest
  bench report results/latest/result.json --out /tmp/report
  bench report results/latest --lang ru --out /tmp/otchet
  bench report --markdown docs/strategies/results.md results/direct results/members results/topic`;

export function reportCommand(): Command {
  return new Command('report')
    .description('render the report of a result, a comparison, a sweep or a search again')
    .argument('<result...>', 'a result.json, comparison.json, sweep.json, capacity.json or claims.json, or the folder it is in')
    .option('--out <folder>', 'where the files go (default: beside the result)')
    .addOption(new Option('--lang <language>', 'language of the report: en or ru (default: en)').choices(languages))
    .option('--markdown <file>', 'write the tables of comparisons to this file instead')
    .addHelpText('after', examples)
    .action(async (places: readonly string[], flags: ReportFlags) => {
      const written = flags.markdown === undefined ? await renderAll(places, flags) : [await writeTables(places, flags.markdown)];
      process.stdout.write(`${written.join('\n')}\n`);
    });
}

async function renderAll(places: readonly string[], { out, lang }: ReportFlags): Promise<readonly string[]> {
  if (out !== undefined && places.length > 1) throw usage('--out takes the report of one result: render them one by one, or leave it out');
  const written: string[] = [];
  for (const place of places) written.push(...(await render(await fileOf(place), out, lang)));
  return written;
}

async function render(file: string, out: string | undefined, language: Language | undefined): Promise<readonly string[]> {
  const folder = resolve(out ?? dirname(file));
  const text = await readText(file);
  const ofSeries = seriesFiles[basename(file)];
  if (ofSeries !== undefined) return renderInto(folder, () => writeFiles(folder, ofSeries(text, file, language)));
  const result: Result = readResult(text, file);
  return renderInto(folder, () => writeReport(folder, result, language));
}

async function writeTables(places: readonly string[], file: string): Promise<string> {
  const texts = await Promise.all(places.map(fileOf));
  const comparisons = await Promise.all(texts.map(async (found) => readComparison(await readText(found), found)));
  await writeFile(file, resultsPage(comparisons)).catch((error: unknown) => {
    throw unavailable(`cannot write ${file}: ${wordsOf(error)}; name another file with --markdown`, error);
  });
  return file;
}

async function fileOf(where: string): Promise<string> {
  const found = await stat(where).catch(() => {
    throw usage(`there is no ${where}: name a result.json, or the folder of a run, like results/latest`);
  });
  if (!found.isDirectory()) return where;
  const inside = await readdir(where);
  return join(where, Object.keys(seriesFiles).find((name) => inside.includes(name)) ?? 'result.json');
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw usage(`cannot read ${file}: ${wordsOf(error)}; name a result.json, or the folder of a run, like results/latest`);
  });
}

/** The result itself is never written over: it is the source. */
async function renderInto(folder: string, write: () => Promise<Written>): Promise<readonly string[]> {
  await makeFolder(folder).catch((error: unknown) => {
    throw unavailable(`cannot write the report into ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
  });
  const { written, failed } = await write();
  if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --out`);
  return written;
}
