import { type RowSize, rowOf } from '../routing/rows.js';
import type { Options, Strategy } from '../routing/types.js';
import { markdownTable } from './markdown.js';
import { meetingOf } from './meeting.js';
import { meetingInWords } from './meetingWords.js';
import { whole } from './numbers.js';
import { pictureOf } from './picture.js';
import type { ReportFile } from './types.js';

/** The command that writes these pages, from the root of the project. */
export const pagesCommand = 'npx bench list --pages docs/strategies';
export const resultsPage = 'results.md';

/** docs/strategies: a page and a picture for each strategy, and an index. */
export function strategyPages(strategies: readonly Strategy[]): readonly ReportFile[] {
  return [
    { path: 'README.md', content: indexOf(strategies) },
    ...strategies.flatMap((strategy) => [
      { path: `${strategy.name}.md`, content: pageOf(strategy) },
      { path: `${strategy.name}.svg`, content: pictureOf(strategy) },
    ]),
  ];
}

const generated = `Generated from \`strategies/\` and \`src/routing/rows.ts\`; \`${pagesCommand}\` writes it anew.`;

function indexOf(strategies: readonly Strategy[]): string {
  const rows = strategies.map((strategy) => [
    `[\`${strategy.name}\`](${strategy.name}.md)`,
    strategy.title,
    strategy.summary,
    rowInWords(strategy.name, 'small')?.direct ?? '',
  ]);
  return sections([
    '# Strategies',
    'Every way of routing that bench can run: one pure file each, which says where a sender and a listener meet. What each costs on its real servers is in [results.md](results.md).',
    markdownTable(['strategy', 'title', 'what it does', 'one direct message'], rows),
    generated,
  ]);
}

function pageOf(strategy: Strategy): string {
  const words = meetingInWords(meetingOf(strategy));
  return sections([
    `# ${strategy.title}`,
    `\`${strategy.name}\`: ${strategy.summary}`,
    `![${words}](${strategy.name}.svg)`,
    `${words} The picture is made of the strategy's own functions.`,
    ...costs(strategy.name),
    ...(strategy.claim === undefined ? [] : ['## What the article says', strategy.claim]),
    ...(strategy.when === undefined ? [] : ['## When to use it', strategy.when.use, '## When not', strategy.when.avoid]),
    ...options(strategy.options),
    '## Try it',
    `\`\`\`sh\nnpx bench run --strategy ${strategy.name}\n\`\`\``,
    `[All strategies](README.md) · [the file](../../strategies/${strategy.name}.ts) · ${generated}`,
  ]);
}

function costs(name: string): readonly string[] {
  const rows = (['small', 'large'] as const).flatMap((size) => {
    const row = rowInWords(name, size);
    return row === undefined ? [] : [[row.size, row.subscriptions, row.direct, row.members, row.topic]];
  });
  if (rows.length === 0) return [];
  return [
    '## What one message costs',
    markdownTable(['size', 'subscriptions for users', 'direct', 'room, `--rooms members`', 'room, `--rooms topic`'], rows),
    'In: messages all brokers take in; out: messages they hand to nodes. M: members of the room; D: nodes that hold one of them.',
  ];
}

interface RowInWords {
  readonly size: string;
  readonly subscriptions: string;
  readonly direct: string;
  readonly members: string;
  readonly topic: string;
}

function rowInWords(strategy: string, size: RowSize): RowInWords | undefined {
  const row = rowOf(strategy, size);
  if (row === undefined) return undefined;
  const options = Object.entries(row.options).map(([name, value]) => `, ${name}=${value}`);
  return {
    size: `${row.nodes} ${row.nodes === 1 ? 'node' : 'nodes'}, ${row.brokers} ${row.brokers === 1 ? 'broker' : 'brokers'}, ${whole(row.users)} users${options.join('')}`,
    subscriptions: whole(row.subscriptions),
    direct: costInWords(row.direct),
    members: costInWords(row.members),
    topic: costInWords(row.topic),
  };
}

/** `1 in, M out`; what is not relayed is not named. */
function costInWords([taken, handed, relayed]: NonNullable<ReturnType<typeof rowOf>>['direct']): string {
  const parts = [
    `${countInWords(taken)} in`,
    `${countInWords(handed)} out`,
    ...(relayed === undefined ? [] : [`${countInWords(relayed)} relayed`]),
  ];
  return parts.join(', ');
}

function countInWords(count: number | string): string {
  return String(count)
    .replace(/^1(?=[MD])/, '')
    .replace(/^(\d+)(?=[MD])/, '$1·');
}

function options(of: Options | undefined): readonly string[] {
  const rows = Object.entries(of ?? {}).map(([name, value]) => [`\`--option ${name}=${value}\``, String(value)]);
  return rows.length === 0 ? [] : ['## Options', markdownTable(['option', 'default'], rows)];
}

function sections(of: readonly string[]): string {
  return `${of.join('\n\n')}\n`;
}
