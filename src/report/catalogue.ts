import Table from 'cli-table3';
import { roomForms, type Scenario } from '../plan/types.js';
import type { Strategy } from '../routing/types.js';
import { kindInWords } from './describe.js';
import { markdownTable } from './markdown.js';

/** What there is to run, as plain data. */
export interface Catalogue {
  readonly strategies: readonly Listed[];
  readonly scenarios: readonly Scenario[];
}

export interface Listed extends Strategy {
  /** The kinds of brokers it meets at. */
  readonly kinds: readonly string[];
  /** What keeps it from running on this machine, and what to do about it; null: nothing. */
  readonly missing: string | null;
}

/** For a terminal: names, what each does, options with their defaults, and what is missing to run it here. */
export function textOf({ strategies, scenarios }: Catalogue): string {
  const words = (strategy: Listed) =>
    strategy.summary +
    optionsOf(strategy) +
    roomsOf(strategy) +
    (strategy.missing === null ? '' : `\nCannot run here: ${strategy.missing}`);
  return [
    'Strategies (bench run --strategy <name>)',
    tableOf(strategies.map((strategy) => [strategy.name, words(strategy)])),
    '',
    'Scenarios (--scenario <name>)',
    tableOf(scenarios.map((scenario) => [scenario.name, `${scenario.summary}${settingsOf(scenario)}\n${scenario.question}`])),
    '',
  ].join('\n');
}

/** The tables of the README: the same on every machine. */
export function markdownOf({ strategies, scenarios }: Catalogue): string {
  return [
    markdownTable(
      ['strategy', 'what it does', 'runs on', 'what the article says of it'],
      strategies.map((strategy) => [
        `[\`${strategy.name}\`](docs/strategies/${strategy.name}.md)`,
        strategy.summary + optionsOf(strategy) + roomsOf(strategy),
        strategy.kinds.map((kind) => kindInWords(kind)).join(', ') || 'itself',
        strategy.claim ?? '',
      ]),
    ),
    '',
    markdownTable(
      ['scenario', 'what its users do', 'what it is to find out'],
      scenarios.map((scenario) => [`\`${scenario.name}\``, `${scenario.summary}${settingsOf(scenario)}`, scenario.question]),
    ),
    '',
  ].join('\n');
}

function optionsOf({ options }: Strategy): string {
  const named = Object.entries(options ?? {}).map(([name, value]) => `${name}=${value}`);
  return named.length === 0 ? '' : ` (--option ${named.join(' --option ')})`;
}

function settingsOf({ options }: Scenario): string {
  const named = Object.entries(options ?? {}).map(([name, value]) => `--set ${name}=${value}`);
  return named.length === 0 ? '' : ` (${named.join(' ')})`;
}

/** Only where it does not run every form. */
function roomsOf({ rooms = roomForms }: Strategy): string {
  return roomForms.every((form) => rooms.includes(form)) ? '' : ` (only --rooms ${rooms.join(', ')})`;
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
