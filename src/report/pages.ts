import { type Row, type RowSize, rowOf } from '../routing/rows.js';
import { hasHomes, homesOf, maxToMean, spreadSizes } from '../routing/spread.js';
import type { Options, Strategy } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import type { TransportKind } from '../transports/types.js';
import { markdownTable } from './markdown.js';
import { type Exchanges, type Meeting, meetingOf } from './meeting.js';
import { meetingInWords } from './meetingWords.js';
import { hundredths, notKnown, plural, whole } from './numbers.js';
import { pictureOf } from './picture.js';
import type { ReportFile } from './types.js';

/** The command that writes these pages, from the root of the project. */
export const pagesCommand = 'npx bench list --pages docs/strategies';
export const resultsPage = 'results.md';

/** docs/strategies: a page and a picture for each strategy, and an index. */
export async function strategyPages(strategies: readonly Strategy[]): Promise<readonly ReportFile[]> {
  const files = strategies.map(async (strategy) => {
    const meeting = meetingOf(strategy, await exchangesOf(strategy));
    return [
      { path: `${strategy.name}.md`, content: pageOf(strategy, meeting, await whyOutUnsaid(strategy)) },
      { path: `${strategy.name}.svg`, content: pictureOf(strategy, meeting) },
    ];
  });
  return [{ path: 'README.md', content: indexOf(strategies) }, ...(await Promise.all(files)).flat()];
}

/** The exchanges of its brokers, by their kind. */
export async function exchangesOf(strategy: Strategy): Promise<Exchanges> {
  return new Map((await kindsOf(strategy)).flatMap(({ kind, exchanges }) => (exchanges === undefined ? [] : [[kind, exchanges]])));
}

async function kindsOf(strategy: Strategy): Promise<readonly TransportKind[]> {
  return Promise.all(meetingOf(strategy).brokers.map(({ kind }) => transportKind(kind)));
}

/** Why its brokers do not say what they hand out; undefined: they do. */
async function whyOutUnsaid(strategy: Strategy): Promise<string | undefined> {
  const kinds = await kindsOf(strategy);
  return kinds.map(({ silent }) => silent?.out).find((why) => why !== undefined);
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

function pageOf(strategy: Strategy, meeting: Meeting, outUnsaid: string | undefined): string {
  const words = meetingInWords(meeting);
  return sections([
    `# ${strategy.title}`,
    `\`${strategy.name}\`: ${strategy.summary}`,
    `![${words}](${strategy.name}.svg)`,
    `${words} The picture is made of the strategy's own functions.`,
    ...costs(strategy.name, outUnsaid),
    ...spread(strategy),
    ...(strategy.claim === undefined ? [] : ['## What the article says', strategy.claim]),
    ...(strategy.when === undefined ? [] : ['## When to use it', strategy.when.use, '## When not', strategy.when.avoid]),
    ...options(strategy.options),
    '## Try it',
    `\`\`\`sh\nnpx bench run --strategy ${strategy.name}\n\`\`\``,
    `[All strategies](README.md) · [the file](../../strategies/${strategy.name}.ts) · ${generated}`,
  ]);
}

type Cell = readonly [title: string, of: (row: RowInWords) => string];

const entriesCell: Cell = ['entries for users in directories', ({ entries }) => entries];

function costs(name: string, outUnsaid: string | undefined): readonly string[] {
  const rows = (['small', 'large'] as const).flatMap((size) => rowInWords(name, size) ?? []);
  if (rows.length === 0) return [];
  const columns: readonly Cell[] = [
    ['size', ({ size }) => size],
    ['subscriptions for users', ({ subscriptions }) => subscriptions],
    ...(rows.some(({ entries }) => entries !== '0') ? [entriesCell] : []),
    ['direct', ({ direct }) => direct],
    ['room, `--rooms members`', ({ members }) => members],
    ['room, `--rooms topic`', ({ topic }) => topic],
  ];
  const cells = rows.map((row) => columns.map(([, of]) => of(row)));
  return [
    '## What one message costs',
    markdownTable(
      columns.map(([title]) => title),
      cells,
    ),
    legend(rows),
    ...(outUnsaid === undefined ? [] : [`Out is by the word of the nodes, the broker does not say it: ${outUnsaid}.`]),
  ];
}

/** Only where each topic has a broker of its own. */
function spread(strategy: Strategy): readonly string[] {
  if (!hasHomes(strategy)) return [];
  const all = spreadSizes.map((brokers) => ({ brokers, load: maxToMean(homesOf(strategy, brokers), brokers) }));
  const of = (wanted: number) => hundredths(all.find(({ brokers }) => brokers === wanted)?.load ?? null);
  const worst = all.reduce((one, other) => (other.load > one.load ? other : one));
  return [
    '## How evenly the load spreads',
    `Max/mean load per broker, of 10,000 topics of users: ${of(3)} with 3 brokers, ${of(6)} with 6; at worst ${hundredths(worst.load)}, with ${worst.brokers} (of 2 to ${all.length + 1}).`,
  ];
}

/** Only the words that stand in the table. */
function legend(rows: readonly RowInWords[]): string {
  const used = (words: RegExp) => rows.some(({ direct, members, topic }) => words.test([direct, members, topic].join(', ')));
  const words: readonly (readonly [RegExp, string])[] = [
    [/\bin\b/, 'In: messages all brokers take in; out: messages they hand to nodes.'],
    [/M\b/, 'M: members of the room.'],
    [/D\b/, 'D: nodes that hold a member of the room.'],
    [/H\b/, 'H: nodes that hold a member of the room, without the node of the sender.'],
    [/^–|, –/, `${notKnown}: it runs rooms in the other form only.`],
    [/P\b/, 'P: nodes that keep the directory of one of the topics, without the node of the sender.'],
  ];
  return words.flatMap(([word, meaning]) => (used(word) ? [meaning] : [])).join(' ');
}

interface RowInWords {
  readonly size: string;
  readonly subscriptions: string;
  readonly entries: string;
  readonly direct: string;
  readonly members: string;
  readonly topic: string;
}

function rowInWords(strategy: string, size: RowSize): RowInWords | undefined {
  const row = rowOf(strategy, size);
  if (row === undefined) return undefined;
  const options = Object.entries(row.options).map(([name, value]) => `, ${name}=${value}`);
  return {
    size: `${plural(row.nodes, 'node')}, ${plural(row.brokers, 'broker')}, ${plural(row.users, 'user')}${options.join('')}`,
    subscriptions: whole(row.adapter?.subscriptions ?? row.subscriptions),
    entries: whole(row.entries),
    direct: costInWords(row.direct, true),
    members: row.members === null ? notKnown : costInWords(row.members),
    topic: costInWords(row.topic),
  };
}

/** `1 in, M out`, `1 question and answer, H from node to node`; what there is none of is not named. A direct message is for one other node. */
function costInWords([taken, handed, relayed, straight = {}]: Row['direct'], isDirect = false): string {
  const { hops = 0, questions = 0 } = straight;
  const around = hops !== 0 && taken === 0 && handed === 0;
  const parts = [
    ...(questions === 0 ? [] : [questionsInWords(questions, isDirect)]),
    ...(around ? [] : [`${countInWords(taken)} in`, `${countInWords(handed)} out`]),
    ...(relayed === undefined || relayed === 0 ? [] : [`${countInWords(relayed)} relayed`]),
    ...(hops === 0 ? [] : [`${isDirect ? 1 : countInWords(hops)} from node to node`]),
  ];
  return parts.join(', ');
}

function questionsInWords(questions: number | string | null, isDirect: boolean): string {
  if (questions === null) return 'a question and answer for what is not known yet';
  if (questions === 1) return '1 question and answer';
  return isDirect ? '1 question and answer (none where the node of the sender knows)' : `${countInWords(questions)} questions and answers`;
}

function countInWords(count: number | string): string {
  return String(count)
    .replace(/^1(?=[A-Z])/, '')
    .replace(/^(\d+)(?=[A-Z])/, '$1·');
}

function options(of: Options | undefined): readonly string[] {
  const rows = Object.entries(of ?? {}).map(([name, value]) => [`\`--option ${name}=${value}\``, String(value)]);
  return rows.length === 0 ? [] : ['## Options', markdownTable(['option', 'default'], rows)];
}

function sections(of: readonly string[]): string {
  return `${of.join('\n\n')}\n`;
}
