import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { unavailable, wordsOf } from '../error.js';
import { listScenarios } from '../plan/scenarios.js';
import { listStrategies } from '../plan/strategies.js';
import { type Catalogue, markdownOf, textOf } from '../report/catalogue.js';
import { strategyPages } from '../report/pages.js';
import { availabilityOf } from './availability.js';
import { makeFolder } from './makeFolder.js';
import { writeFiles } from './writeReport.js';

interface ListFlags {
  readonly json?: true;
  readonly markdown?: true;
  readonly pages?: string;
}

export function listCommand(): Command {
  return new Command('list')
    .description('the strategies and scenarios there are, and what keeps any from running here')
    .option('--json', 'as JSON')
    .addOption(new Option('--markdown', 'as the tables of the README, the same on every machine').conflicts('json'))
    .addOption(new Option('--pages <folder>', 'write a page and a picture of each strategy').conflicts(['json', 'markdown']))
    .addHelpText('after', '\nExamples:\n  bench list\n  bench list --json | jq -r .strategies[].name\n  bench list --pages docs/strategies')
    .action(async (flags: ListFlags) => {
      const catalogue = await examine();
      if (flags.pages !== undefined) return writePages(flags.pages, catalogue);
      process.stdout.write(flags.json ? jsonOf(catalogue) : flags.markdown ? markdownOf(catalogue) : textOf(catalogue));
      if (flags.markdown) noteMissing(catalogue);
    });
}

async function examine(): Promise<Catalogue> {
  const strategies = await listStrategies();
  const examined = strategies.map(async (strategy) => ({ ...strategy, ...(await availabilityOf(strategy)) }));
  return { strategies: await Promise.all(examined), scenarios: await listScenarios() };
}

/** Functions do not survive JSON: what is left is what a strategy or scenario says of itself, and whether it can run here. */
function jsonOf(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}

function noteMissing({ strategies }: Catalogue): void {
  for (const { name, missing } of strategies) {
    if (missing !== null) process.stderr.write(`note: ${name} cannot run here: ${missing}\n`);
  }
}

async function writePages(folder: string, { strategies }: Catalogue): Promise<void> {
  await makeFolder(resolve(folder)).catch((error: unknown) => {
    throw unavailable(`cannot make ${folder}: ${wordsOf(error)}; name another folder with --pages`, error);
  });
  const { written, failed } = await writeFiles(folder, await strategyPages(strategies));
  if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --pages`);
  process.stdout.write(`${written.join('\n')}\n`);
}
