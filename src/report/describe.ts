import type { Counts, Result, Status } from '../measure/result.js';
import { ownWord } from '../measure/traffic.js';
import { isJudged } from '../verdict/verdict.js';
import { brokersApart, nodesAsBrokers } from './loads.js';
import { notKnown, plural, threeDigits, whole } from './numbers.js';

/** A run in words: the same ones on the terminal, on charts and on the page. */

/** The mark goes with the word, so that colour is never the only sign. */
export const statusWords: Readonly<Record<Status, { readonly mark: string; readonly word: string }>> = {
  pass: { mark: '✓', word: 'pass' },
  fail: { mark: '✗', word: 'fail' },
  unknown: { mark: '?', word: 'unknown' },
};

export const parts = ['delivery', 'accounting', 'latency', 'load'] as const;
export type Part = (typeof parts)[number];

export const partQuestions: Readonly<Record<Part, string>> = {
  delivery: 'Did everybody get what was theirs, once?',
  accounting: 'Do nodes and brokers agree, to the message?',
  latency: 'Was it fast enough?',
  load: 'Was the intended load really offered?',
};

export function isEmbedded(result: Result): boolean {
  return result.brokers.some((broker) => broker.embedded);
}

export const embeddedShort = 'EMBEDDED broker: counts are exact, speed is not that of Redis';
export const embeddedLong =
  'This run used the embedded broker, a small server that is part of this project. The message counts are the same as with Redis; ' +
  'latency, CPU, memory and throughput are not. Install redis-server, or pass --redis, to measure those.';

/** A part that no limit asks for does not count, and passing it says nothing: it is not judged. */
export function partInWords(
  result: Result,
  part: Part,
): { readonly status: Status | 'unjudged'; readonly mark: string; readonly word: string } {
  const { status } = result.verdict.parts[part];
  if (isJudged(part, result.plan.limits)) return { status, ...statusWords[status] };
  const doubt = status === 'pass' ? '' : `${statusWords[status].word}, `;
  return { status: 'unjudged', mark: notKnown, word: `${doubt}not judged` };
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

export function kindInWords(kind: string, count = 1): string {
  return kindNames[kind]?.[count === 1 ? 0 : 1] ?? kind;
}

/** What one broker of the run is called: by its kind if they are all alike. Nodes are brokers beside it. */
export function brokerWord(result: Pick<Result, 'brokers' | 'plan'>): string {
  const apart = brokersApart(result);
  const [kind, ...others] = new Set((apart.length > 0 ? apart : result.brokers).map((broker) => broker.kind));
  return kind === undefined || others.length > 0 ? 'broker' : kindInWords(kind);
}

/** `3 Redis`, `3 Redis and 1 hub`, `no broker` */
export function brokersInWords({ plan: { topology } }: Pick<Result, 'plan'>): string {
  const counts = new Map<string, number>();
  for (const { kind } of topology.brokers) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${whole(count)} ${kindInWords(kind, count)}`).join(' and ') || 'no broker';
}

/** Whether nodes speak to each other. */
export function isMesh(result: Pick<Result, 'brokers' | 'plan'>): boolean {
  return nodesAsBrokers(result).length > 0;
}

/** `4 nodes, 3 Redis, 400 users` */
export function sizesInWords(result: Result): string {
  const { nodes, users } = result.plan.size;
  const linked = isMesh(result) && nodes > 1 ? ' that speak to each other' : '';
  return `${plural(nodes, 'node')}${linked}, ${brokersInWords(result)}, ${plural(users, 'user')}`;
}

/** `1,000 messages/s for 10 s, 64 bytes each` */
export function rateInWords(result: Pick<Result, 'plan' | 'source'>): string {
  const { ratePerSecond, seconds, bytes } = result.plan.size;
  const { warmUpSeconds } = result.plan;
  const warmUp = result.source !== 'modelled' && warmUpSeconds > 0 ? ` after ${warmUpSeconds} s of warm-up` : '';
  return `${ratePerSecond < 1 ? ratePerSecond : whole(ratePerSecond)} messages/s for ${seconds} s${warmUp}, ${whole(bytes)} bytes each`;
}

export function scenarioInWords(result: Result): string {
  return `scenario ${result.plan.scenario}, rooms by ${result.plan.rooms}`;
}

const sources: Readonly<Record<Result['source'], string>> = {
  live: 'measured live',
  simulated: 'simulated in virtual time: no process ran, there are no speeds',
  modelled: 'modelled: computed from the routing alone, nothing was run',
};

export function sourceInWords(result: Pick<Result, 'source'>): string {
  return sources[result.source];
}

/** What was handled until everything was delivered, in the words of those that took it in: what there was none of is not named, except in and out. */
export function handled(result: Pick<Result, 'brokers' | 'plan'>): readonly (readonly [figure: string, messages: number | null])[] {
  const { in: taken, out, relayed, hops, questions, answers } = ownWord(result, result.plan.topology);
  const asked = [['questions', questions] as const, ['answers', answers] as const];
  const all = [
    ['in', taken] as const,
    ['relayed', relayed] as const,
    ['out', out] as const,
    ['from node to node', hops] as const,
    ...asked,
  ];
  return all.filter(([name, messages]) => name === 'in' || name === 'out' || messages !== 0);
}

/** `400 in + 1,600 out` */
export function handledInWords(result: Pick<Result, 'brokers' | 'plan'>): string {
  return handled(result)
    .map(([name, messages]) => `${whole(messages)} ${name}`)
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
export function joinWindowInWords(windowMsMax: number | null): readonly string[] {
  if (windowMsMax === null) return [];
  return [
    `What was sent to a room within ${threeDigits(windowMsMax)} ms of a join may be lost: the node that joins is not waited for until it hears the room.`,
  ];
}

/** What a chart must never be shown without. */
export function caveats(result: Result): readonly string[] {
  return [
    ...(isEmbedded(result) ? [embeddedShort] : []),
    ...(result.source === 'live' ? [] : [sourceInWords(result)]),
    ...(result.verdict.status === 'pass' ? [] : [`verdict: ${result.verdict.status.toUpperCase()}`]),
  ];
}

/** The ledger in one sentence. */
export function headline(result: Result): string {
  const sentence = outcome(result.counts);
  return result.source === 'live' ? sentence : `Computed, not measured: ${sentence}`;
}

function outcome(counts: Counts): string {
  const { expected, delivered, lost, duplicated, misdelivered, rejected, unanswered, uncertain } = counts;
  const doubts = rejected + unanswered + uncertain;
  const rest =
    doubts === 0
      ? ''
      : ` ${wereOf(rejected, 'message')} rejected, ${whole(unanswered)} never answered for; of ${plural(uncertain, 'delivery', 'deliveries')} nobody can say.`;
  return arrived({ expected, delivered, lost, duplicated, misdelivered }) + rest;
}

/** `1 message was`, `2 messages were` */
function wereOf(count: number, thing: string): string {
  return `${plural(count, thing)} ${count === 1 ? 'was' : 'were'}`;
}

type Arrived = Pick<Counts, 'expected' | 'delivered' | 'lost' | 'duplicated' | 'misdelivered'>;

function arrived({ expected, delivered, lost, duplicated, misdelivered }: Arrived): string {
  if (expected === 0) return 'Nothing had to be delivered, so nothing is shown.';
  if (lost + duplicated + misdelivered === 0 && delivered === expected) {
    return expected === 1
      ? 'The one expected delivery arrived, once and at the right socket.'
      : `All ${whole(expected)} expected deliveries arrived, each once and at the right socket.`;
  }
  return (
    `Of ${plural(expected, 'expected delivery', 'expected deliveries')} ${whole(delivered)} arrived and ${whole(lost)} ${lost === 1 ? 'was' : 'were'} lost; ` +
    `${whole(duplicated)} came more than once, ${whole(misdelivered)} reached somebody they were not for.`
  );
}
