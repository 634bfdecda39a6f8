import { Command } from 'commander';
import { listScenarios } from '../plan/scenarios.js';
import { listStrategies } from '../plan/strategies.js';
import type { Scenario } from '../plan/types.js';
import { markdownOf, textOf } from '../report/catalogue.js';
import type { Strategy } from '../routing/types.js';

/** What there is to run, as plain data. */
export interface Catalogue {
  readonly strategies: readonly Strategy[];
  readonly scenarios: readonly Scenario[];
}

export function listCommand(): Command {
  return new Command('list')
    .description('the strategies and scenarios there are')
    .option('--json', 'as JSON')
    .option('--markdown', 'as the tables of the README')
    .addHelpText('after', '\nExamples:\n  bench list\n  bench list --json | jq -r .strategies[].name')
    .action(async (flags: { json?: true; markdown?: true }) => {
      const catalogue: Catalogue = { strategies: await listStrategies(), scenarios: await listScenarios() };
      const text = flags.json ? jsonOf(catalogue) : flags.markdown ? markdownOf(catalogue) : textOf(catalogue);
      process.stdout.write(text);
    });
}

/** Functions do not survive JSON: what is left is what a strategy or scenario says of itself. */
function jsonOf(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}
