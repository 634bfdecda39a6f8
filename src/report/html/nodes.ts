import type { NodeResult, Result } from '../../measure/result.js';
import type { KindCounters } from '../../routing/messages.js';
import { kindsSeen, loadOf, loadOfAll } from '../loads.js';
import { bytes, milliseconds, percent, share, threeDigits, whole } from '../numbers.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import type { Section } from './section.js';
import { type Column, table } from './table.js';

/** What every chat node handled, and what that took of it. */
export function nodesSection(result: Result): Section {
  const { received, wasted } = loadOfAll(result);
  return {
    id: 'nodes',
    title: 'Load per node',
    body: html`<p>${wasteInWords(received, wasted)}</p>
${chartFigure('chart-nodes', 'Messages per node as bars: published, received useful and wasted, delivered to sockets')}
${loads(result)}
${loadsByKind(result)}
${processes(result)}`,
  };
}

function wasteInWords(received: number, wasted: number): string {
  if (received === 0) return 'Nodes got no message from a broker.';
  if (wasted === 0) return `Nodes got ${whole(received)} messages from brokers, and every one was wanted by a socket there.`;
  const part = percent(share(wasted, received));
  return `Of the ${whole(received)} messages that nodes got from brokers, ${whole(wasted)} (${part}) were wanted by no socket there: received, looked at and dropped.`;
}

const counters: readonly Column<KindCounters>[] = [
  { title: 'from clients', figure: (row) => row.fromClients },
  { title: 'published', figure: (row) => row.published },
  { title: 'received', figure: (row) => row.received },
  { title: 'useful', figure: (row) => row.useful },
  { title: 'wasted', figure: (row) => row.wasted },
  { title: 'to sockets', figure: (row) => row.deliveredToSockets },
];

function loads({ nodes }: Result): Markup {
  return table({
    caption: 'Messages of all kinds between start and drained, by the word of each node',
    rows: nodes.map((node) => ({ id: node.id, ...loadOf(node) })),
    totals: true,
    columns: [{ title: 'node', text: (row) => row.id }, ...counters],
  });
}

function loadsByKind(result: Result): Markup {
  const seen = kindsSeen(result);
  if (seen.length < 2)
    return html`<p>${seen.length === 1 ? html`All of this was of the kind <em>${seen}</em>.` : 'No message passed.'}</p>`;
  return table({
    caption: 'The same by kind of traffic',
    rows: result.nodes.flatMap((node) => seen.map((kind) => ({ id: node.id, kind, ...node.kinds[kind] }))),
    columns: [{ title: 'node', text: (row) => row.id }, { title: 'kind', text: (row) => row.kind }, ...counters],
  });
}

function processes({ nodes }: Result): Markup {
  return html`${table({
    caption: 'Each node as a process',
    rows: nodes,
    totals: true,
    columns: processColumns,
  })}
${nodes.some(({ refused }) => Object.keys(refused).length > 0) ? refusals(nodes) : nothing}`;
}

const processColumns: readonly Column<NodeResult>[] = [
  { title: 'node', text: ({ id }) => id },
  { title: 'sockets', figure: ({ connections }) => connections },
  { title: 'listens at', text: ({ subscriptions }) => inWords(subscriptions) },
  { title: 'subscribed', figure: ({ subscribes }) => subscribes },
  { title: 'unsubscribed', figure: ({ unsubscribes }) => unsubscribes },
  { title: 'junk', figure: ({ junk }) => junk },
  { title: 'slow readers cut', figure: ({ slowReadersCut }) => slowReadersCut },
  { title: 'CPU, ms', figure: ({ cpuUs }) => cpuUs, show: milliseconds },
  { title: 'memory', figure: ({ memoryBytes }) => memoryBytes, show: bytes },
  { title: 'event loop delay p99, ms', figure: ({ eventLoopDelayMsP99 }) => eventLoopDelayMsP99, show: threeDigits, total: false },
];

const topicWords: Readonly<Record<string, string>> = { u: 'user', r: 'room', s: 'status', n: 'node' };

/** `{u: 100, n: 1}` -> `user 100, node 1` */
function inWords(subscriptions: Readonly<Record<string, number>>): string {
  const words = Object.entries(subscriptions).map(([letter, number]) => `${topicWords[letter] ?? letter} ${whole(number)}`);
  return words.join(', ') || 'nothing';
}

function refusals(nodes: readonly NodeResult[]): Markup {
  return table({
    caption: 'Events of clients that were refused',
    rows: nodes.flatMap(({ id, refused }) => Object.entries(refused).map(([reason, number]) => ({ id, reason, number }))),
    columns: [
      { title: 'node', text: (row) => row.id },
      { title: 'reason', text: (row) => row.reason },
      { title: 'events', figure: (row) => row.number },
    ],
  });
}
