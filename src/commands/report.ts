import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { readResult } from '../report/json.js';
import { writeReport } from './writeReport.js';

export function reportCommand(): Command {
  return new Command('report')
    .description('render the report of a result again')
    .argument('<result>', 'a result.json, or the folder it is in')
    .option('--out <folder>', 'where the files go (default: beside the result)')
    .addHelpText('after', '\nExamples:\n  bench report results/latest\n  bench report results/latest/result.json --out /tmp/report')
    .action(async (where: string, flags: { out?: string }) => {
      const file = await resultFile(where);
      const result = readResult(await readText(file), file);
      const folder = resolve(flags.out ?? dirname(file));
      process.stdout.write(`${(await renderInto(folder, result)).join('\n')}\n`);
    });
}

async function resultFile(where: string): Promise<string> {
  const found = await stat(where).catch(() => {
    throw usage(`there is no ${where}: name a result.json, or the folder of a run, like results/latest`);
  });
  return found.isDirectory() ? join(where, 'result.json') : where;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw usage(`cannot read ${file}: ${wordsOf(error)}; name a result.json, or the folder of a run, like results/latest`);
  });
}

/** The result itself is never written over: it is the source. */
async function renderInto(folder: string, result: Result): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw unavailable(`cannot write the report into ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
  });
  const { written, failed } = await writeReport(folder, result);
  if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --out`);
  return written;
}
