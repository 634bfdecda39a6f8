import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import { type FormatName, formatNames, formatted } from '../report/formats.js';
import { type Language, languages } from '../report/language.js';
import { type Kept, kindOfFile, readKept, recordFile, recordKinds } from '../report/records.js';
import type { ReportFile } from '../report/types.js';
import { makeFolder } from './makeFolder.js';
import { type Written, writeFiles } from './writeReport.js';

interface ReportFlags {
  readonly out?: string;
  readonly format: readonly FormatName[];
  readonly lang?: Language;
}

const examples = `
Formats, and the files they make:
  html      report.html, a page that needs nothing but itself
  png       its charts, a picture each
  markdown  report.md, fit for a comment on a pull request
  csv       figures.csv, a figure a row
  junit     junit.xml, a case for each part of the verdict and for each equation; of a plan for each strategy
  json      the record itself, as result.json

Examples:
  bench report results/latest
  bench report results/latest/result.json --out /tmp/report
  bench report results/latest --lang ru --out /tmp/otchet
  bench report results/latest --format html,png,markdown,csv,junit
  bench report results/latest --format markdown --out - >> "$GITHUB_STEP_SUMMARY"`;

export function reportCommand(): Command {
  return new Command('report')
    .description('render the report of a result, a comparison, a sweep, a search, claims or a plan again')
    .argument(
      '<result...>',
      'a result.json, comparison.json, sweep.json, capacity.json, claims.json or fleets.json, or the folder it is in',
    )
    .option('--format <names>', `separated by commas: ${formatNames.join(', ')}`, formatsOf, ['html', 'png'] as const)
    .option('--out <folder>', 'where the files go (default: beside the result); - prints the one file of a format')
    .addOption(new Option('--lang <language>', 'language of the page: en or ru (default: en)').choices(languages))
    .addHelpText('after', examples)
    .action(async (places: readonly string[], flags: ReportFlags) => {
      if (flags.out === '-') return print(places, flags);
      process.stdout.write(`${(await renderAll(places, flags)).join('\n')}\n`);
    });
}

function formatsOf(text: string): readonly FormatName[] {
  return text.split(',').map((name) => {
    const found = formatNames.find((one) => one === name.trim());
    if (found === undefined)
      throw new InvalidArgumentError(`There is no format ${JSON.stringify(name)}. There are: ${formatNames.join(', ')}.`);
    return found;
  });
}

async function renderAll(places: readonly string[], flags: ReportFlags): Promise<readonly string[]> {
  if (flags.out !== undefined && places.length > 1)
    throw usage('--out takes the report of one result: render them one by one, or leave it out');
  const written: string[] = [];
  for (const place of places) written.push(...(await render(await fileOf(place), flags)));
  return written;
}

/** What fails costs nothing but itself. The record is never written over: it is the source. */
async function render(file: string, { out, format: formats, lang }: ReportFlags): Promise<readonly string[]> {
  const folder = resolve(out ?? dirname(file));
  if (formats.includes('json') && folder === resolve(dirname(file)))
    throw usage(`${file} is there already: name another folder with --out, or leave out json`);
  const kept = await keptIn(file);
  await makeFolder(folder).catch((error: unknown) => {
    throw unavailable(`cannot write the report into ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
  });
  const all = await Promise.all(formats.map((name) => renderOne(folder, name, kept, lang)));
  const failed = all.flatMap((one) => one.failed);
  if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --out`);
  return all.flatMap(({ written }) => written);
}

async function renderOne(folder: string, name: FormatName, kept: Kept, language: Language | undefined): Promise<Written> {
  try {
    return await writeFiles(folder, await formatted(name, kept, language));
  } catch (error) {
    return { written: [], failed: [`the ${name} report in ${folder} cannot be made: ${wordsOf(error)}`] };
  }
}

/** Only Markdown can be put one after the other. */
async function print(places: readonly string[], { format: formats, lang }: ReportFlags): Promise<void> {
  const [name, ...others] = formats;
  if (name === undefined || others.length > 0) throw usage('--out - prints one format: name it with --format, like --format markdown');
  if (places.length > 1 && name !== 'markdown') throw usage(`--out - prints the ${name} of one result: print them one by one`);
  for (const [index, place] of places.entries()) {
    const { content } = onlyFile(await formatted(name, await keptIn(await fileOf(place)), lang), name);
    process.stdout.write(index === 0 || typeof content !== 'string' ? content : `\n${content}`);
  }
}

function onlyFile(files: readonly ReportFile[], name: FormatName): ReportFile {
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  throw usage(`--out - prints one file, and ${name} makes ${files.length} of it: name a folder`);
}

async function fileOf(where: string): Promise<string> {
  const found = await stat(where).catch(() => {
    throw usage(`there is no ${where}: name a result.json, or the folder of a run, like results/latest`);
  });
  if (!found.isDirectory()) return where;
  const inside = await readdir(where);
  return join(where, recordKinds.map(recordFile).find((name) => inside.includes(name)) ?? recordFile('result'));
}

/** A file of any other name can only be a result. */
async function keptIn(file: string): Promise<Kept> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw usage(`cannot read ${file}: ${wordsOf(error)}; name a result.json, or the folder of a run, like results/latest`);
  });
  return readKept(kindOfFile(basename(file)) ?? 'result', text, file);
}
