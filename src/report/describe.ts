import type { Result, Status } from '../measure/result.js';
import { ownWord } from '../measure/traffic.js';
import { meshKind } from '../run/nodesAsBrokers.js';
import { isJudged } from '../verdict/verdict.js';
import { describeWords } from './describeWords.js';
import type { Language } from './language.js';
import { brokersApart, nodesAsBrokers } from './loads.js';
import { type Forms, figuresIn, notKnown } from './numbers.js';

/** A run in words: the same ones on the terminal, on charts and on the page. */

/** The mark goes with the word, so that colour is never the only sign. */
const statusMarks: Readonly<Record<Status, string>> = { pass: '✓', fail: '✗', unknown: '?' };

export function statusWordsIn(language: Language): Readonly<Record<Status, { readonly mark: string; readonly word: string }>> {
  const { status } = describeWords[language];
  const words = (of: Status) => ({ mark: statusMarks[of], word: status[of] });
  return { pass: words('pass'), fail: words('fail'), unknown: words('unknown') };
}

export const statusWords = statusWordsIn('en');

/** `✓ pass` */
export function statusInWords(of: Status, language: Language): string {
  return `${statusMarks[of]} ${describeWords[language].status[of]}`;
}

export const parts = ['delivery', 'accounting', 'latency', 'load'] as const;
export type Part = (typeof parts)[number];

export function isEmbedded(result: Result): boolean {
  return result.brokers.some((broker) => broker.embedded);
}

export const embeddedShort = describeWords.en.embedded.short;
export const embeddedLong = describeWords.en.embedded.long;

/** A part that no limit asks for does not count, and passing it says nothing: it is not judged. */
export function partInWords(
  result: Result,
  part: Part,
  language: Language = 'en',
): { readonly status: Status | 'unjudged'; readonly mark: string; readonly word: string } {
  const { status } = result.verdict.parts[part];
  const words = statusWordsIn(language);
  if (isJudged(part, result.plan.limits)) return { status, ...words[status] };
  const doubt = status === 'pass' ? '' : `${words[status].word}, `;
  return { status: 'unjudged', mark: notKnown, word: `${doubt}${describeWords[language].notJudged}` };
}

/** Names that people use, for every kind of `src/transports/index.ts`; one that is not there goes by its own. */
export const kindNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  redis: ['Redis', 'Redis'],
  'redis-cluster': ['Redis Cluster primary', 'Redis Cluster primaries'],
  'redis-sharded': ['Redis Cluster primary', 'Redis Cluster primaries'],
  'redis-adapter': ['Redis', 'Redis'],
  'redis-sharded-adapter': ['Redis', 'Redis'],
  'redis-streams-adapter': ['Redis', 'Redis'],
  'node-cluster': ['primary process', 'primary processes'],
  hub: ['hub', 'hubs'],
  node: ['node as broker', 'nodes as brokers'],
  nats: ['NATS', 'NATS'],
  rabbitmq: ['RabbitMQ', 'RabbitMQ'],
  'rabbitmq-hash': ['RabbitMQ', 'RabbitMQ'],
};

export function kindInWords(kind: string, count = 1, language: Language = 'en'): string {
  return figuresIn(language).form(count, formsOf(kind, language));
}

function formsOf(kind: string, language: Language): Forms {
  const [one, many] = kindNames[kind] ?? [kind, kind];
  return describeWords[language].kinds[kind] ?? { one, other: many };
}

/** What one broker of the run is called: by its kind if they are all alike. Nodes are brokers beside it. */
export function brokerWord(result: Pick<Result, 'brokers' | 'plan'>, language: Language = 'en'): string {
  const apart = brokersApart(result);
  const [kind, ...others] = new Set((apart.length > 0 ? apart : result.brokers).map((broker) => broker.kind));
  return kind === undefined || others.length > 0 ? describeWords[language].broker : kindInWords(kind, 1, language);
}

/** `3 Redis`, `3 Redis and 1 hub`, `no broker` */
export function brokersInWords({ plan: { topology } }: Pick<Result, 'plan'>, language: Language = 'en'): string {
  const { and, noBroker } = describeWords[language];
  const counts = new Map<string, number>();
  for (const { kind } of topology.brokers) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => figuresIn(language).counted(count, formsOf(kind, language))).join(and) || noBroker;
}

/** Whether nodes speak to each other; a model of very many lists none of them. */
export function isMesh(result: Pick<Result, 'brokers' | 'plan' | 'model'>): boolean {
  return nodesAsBrokers(result).length > 0 || result.model?.perBroker[meshKind] !== undefined;
}

/** `4 nodes, 3 Redis, 400 users` */
export function sizesInWords(result: Result, language: Language = 'en'): string {
  const { nodes, users } = result.plan.size;
  const words = describeWords[language];
  const { counted } = figuresIn(language);
  const linked = isMesh(result) && nodes > 1 ? words.linked : '';
  return `${counted(nodes, words.nodes)}${linked}, ${brokersInWords(result, language)}, ${counted(users, words.users)}`;
}

/** `1,000 messages/s for 10 s, 64 bytes each` */
export function rateInWords(result: Pick<Result, 'plan' | 'source'>, language: Language = 'en'): string {
  const { ratePerSecond, seconds, bytes } = result.plan.size;
  const { whole } = figuresIn(language);
  const rate = ratePerSecond < 1 ? String(ratePerSecond) : whole(ratePerSecond);
  const warmUpSeconds = result.source === 'modelled' ? 0 : result.plan.warmUpSeconds;
  return describeWords[language].rate({ rate, seconds, warmUpSeconds, bytes });
}

export function scenarioInWords({ plan }: Result, language: Language = 'en'): string {
  return describeWords[language].scenario(plan.scenario, plan.rooms);
}

export function sourceInWords({ source }: Pick<Result, 'source'>, language: Language = 'en'): string {
  return describeWords[language].sources[source];
}

/** What was handled until everything was delivered, in the words of those that took it in: what there was none of is not named, except in and out. */
export function handled(
  result: Pick<Result, 'brokers' | 'plan'>,
  language: Language = 'en',
): readonly (readonly [figure: string, messages: number | null])[] {
  const word = ownWord(result, result.plan.topology);
  const names = ['in', 'relayed', 'out', 'hops', 'questions', 'answers'] as const;
  const shown = names.filter((name) => name === 'in' || name === 'out' || word[name] !== 0);
  return shown.map((name) => [describeWords[language].handled[name], word[name]]);
}

/** `400 in + 1,600 out` */
export function handledInWords(result: Pick<Result, 'brokers' | 'plan'>): string {
  return handled(result)
    .map(([name, messages]) => `${figuresIn('en').whole(messages)} ${name}`)
    .join(' + ');
}

/** Why a broker does not say a figure. Reasons may be given for one broker or for all. */
export function whyUnknown({ unknowns }: Pick<Result, 'unknowns'>, broker: string, figure: string): string | undefined {
  return unknowns[`brokers.${broker}.${figure}`] ?? unknowns[`brokers.${figure}`] ?? unknowns[`brokers.${broker}`];
}

/** Of all nodes the longest; null: whoever joins waits. */
export function joinWindowMsMax({ nodes }: Pick<Result, 'nodes'>): number | null {
  const windows = nodes.flatMap((node) => node.joinWindowMsMax ?? []);
  return windows.length === 0 ? null : Math.max(...windows);
}

/** What a client must know where joining a room is not waited for; nothing where whoever joins waits. */
export function joinWindowInWords(windowMsMax: number | null, language: Language = 'en'): readonly string[] {
  return windowMsMax === null ? [] : [describeWords[language].joinWindow(figuresIn(language).threeDigits(windowMsMax))];
}

/** What a chart must never be shown without. */
export function caveats(result: Result, language: Language = 'en'): readonly string[] {
  const words = describeWords[language];
  return [
    ...(isEmbedded(result) ? [words.embedded.short] : []),
    ...(result.source === 'live' ? [] : [sourceInWords(result, language)]),
    ...(result.verdict.status === 'pass' ? [] : [words.verdict(result.verdict.status)]),
  ];
}

/** The ledger in one sentence. */
export function headline({ counts, source }: Result, language: Language = 'en'): string {
  const words = describeWords[language];
  const doubts = counts.rejected + counts.unanswered + counts.uncertain === 0 ? '' : ` ${words.doubts(counts)}`;
  const sentence = words.arrived(counts) + doubts;
  return source === 'live' ? sentence : words.computed(sentence);
}
