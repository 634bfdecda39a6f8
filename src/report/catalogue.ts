import Table from 'cli-table3';
import type { Scenario } from '../plan/types.js';
import type { Strategy } from '../routing/types.js';

interface Catalogue {
  readonly strategies: readonly Strategy[];
  readonly scenarios: readonly Scenario[];
}

/** For a terminal: names, what each does, options with their defaults. */
export function textOf({ strategies, scenarios }: Catalogue): string {
  return [
    'Strategies (bench run --strategy <name>)',
    tableOf(strategies.map((strategy) => [strategy.name, strategy.summary + optionsOf(strategy)])),
    '',
    'Scenarios (--scenario <name>)',
    tableOf(scenarios.map(({ name, summary }) => [name, summary])),
    '',
  ].join('\n');
}

/** The tables of the README. */
export function markdownOf({ strategies, scenarios }: Catalogue): string {
  return [
    markdownTable(
      ['strategy', 'what it does', 'what the article says of it'],
      strategies.map((strategy) => [`\`${strategy.name}\``, strategy.summary + optionsOf(strategy), strategy.claim ?? '']),
    ),
    '',
    markdownTable(
      ['scenario', 'what it does'],
      scenarios.map(({ name, summary }) => [`\`${name}\``, summary]),
    ),
    '',
  ].join('\n');
}

function optionsOf({ options }: Strategy): string {
  const named = Object.entries(options ?? {}).map(([name, value]) => `${name}=${value}`);
  return named.length === 0 ? '' : ` (--option ${named.join(' --option ')})`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: noLines,
    style: { 'padding-left': 2, 'padding-right': 0, head: [], border: [] },
    colWidths: [34, 86],
    wordWrap: true,
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

const noLines = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((side) => [side, '']),
);

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
