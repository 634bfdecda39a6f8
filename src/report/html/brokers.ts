import type { BrokerResult, Result } from '../../measure/result.js';
import { besideHops } from '../../measure/traffic.js';
import { brokerWord, kindInWords, whyUnknown } from '../describe.js';
import { brokersApart, hasRelays, kindsSeen, nodesAsBrokers, wordOfNodes } from '../loads.js';
import { bytes, milliseconds } from '../numbers.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import type { Section } from './section.js';
import { type Column, table } from './table.js';

/** What every broker handled in its own words, beside what the nodes say of it. */
export function brokersSection(result: Result): Section {
  return {
    id: 'brokers',
    title: `Load per ${brokerWord(result)}`,
    body: result.brokers.length === 0 ? html`<p>This run used no broker: no message left its node through one.</p>` : body(result),
  };
}

function body(result: Result): Markup {
  return html`<p>A broker’s own words are its counters, read before the start and after the last message (of a Redis: calls of PUBLISH in <code>INFO commandstats</code>, and the sum of the replies to them). What the nodes say is counted apart, and neither figure is ever computed from the other.</p>
${chartFigure('chart-brokers', 'Messages per broker as bars: in, out, relayed, from node to node')}
${ownWords(result)}
${betweenNodes(result)}
${byKind(result)}
${processes(result)}`;
}

type OwnWords = BrokerResult & { readonly said: { readonly in: number; readonly out: number } };

function ownWords(result: Result): Markup {
  const apart = brokersApart(result);
  if (apart.length === 0) return nothing;
  const own = (title: 'in' | 'out' | 'relayed'): Column<OwnWords> => ({
    title,
    figure: (row) => row[title],
    why: ({ id }) => whyUnknown(result, id, title),
  });
  return table({
    caption: 'Messages between start and drained: the broker’s word beside the nodes’ word',
    rows: apart.map((broker): OwnWords => ({ ...broker, said: wordOfNodes(broker) })),
    totals: true,
    columns: [
      { title: 'broker', text: (row) => row.id },
      { title: 'kind', text: ({ kind }) => kindInWords(kind) },
      own('in'),
      { title: 'nodes put', figure: (row) => row.said.in },
      own('out'),
      { title: 'nodes got', figure: (row) => row.said.out },
      ...(hasRelays(result) ? [own('relayed')] : []),
    ],
  });
}

/** Each node that others speak to: messages straight from them, apart from what it is asked as a place of a directory. */
function betweenNodes(result: Result): Markup {
  const nodes = nodesAsBrokers(result);
  if (nodes.length === 0) return nothing;
  const why = ({ id }: BrokerResult) => whyUnknown(result, id, 'in');
  const taken = (row: BrokerResult) => wordOfNodes(row).in;
  return html`<p>Nodes speak straight to each other, so each is a broker too: a message from another node counts once there, and a node that keeps a directory is asked and answers.</p>
${table({
  caption: 'Nodes as brokers between start and drained: the word of the node beside that of the others',
  rows: nodes,
  totals: true,
  columns: [
    { title: 'node', text: ({ id }) => id },
    { title: 'from other nodes', figure: ({ hops }) => hops, why },
    { title: 'asked', figure: (row) => besideHops(row, 'in'), why },
    { title: 'others put', figure: taken },
    { title: 'answered', figure: (row) => besideHops(row, 'out'), why },
    { title: 'bytes in', figure: ({ bytesIn }) => bytesIn, show: bytes },
    { title: 'bytes out', figure: ({ bytesOut }) => bytesOut, show: bytes },
  ],
})}`;
}

function byKind(result: Result): Markup {
  const seen = kindsSeen(result);
  if (seen.length < 2) return nothing;
  const columns = seen.flatMap((kind): Column<BrokerResult>[] => [
    { title: `${kind} in`, figure: (row) => row.kinds[kind].in },
    { title: `${kind} out`, figure: (row) => row.kinds[kind].out },
  ]);
  return table({
    caption: 'The same by kind of traffic, by the nodes’ word',
    rows: result.brokers,
    totals: true,
    columns: [{ title: 'broker', text: (row) => row.id }, ...columns],
  });
}

function processes(result: Result): Markup {
  const apart = brokersApart(result);
  if (apart.length === 0) return nothing;
  return table({
    caption: 'Each broker as a process',
    rows: apart,
    totals: true,
    columns: [
      { title: 'broker', text: (row) => row.id },
      { title: 'kind', text: (row) => (row.embedded ? html`${row.kind}, <strong>embedded</strong>` : row.kind) },
      { title: 'started by', text: (row) => origins[row.origin ?? 'none'] },
      { title: 'channels', figure: (row) => row.channels },
      { title: 'memory', figure: (row) => row.memoryBytes, show: bytes },
      { title: 'bytes in', figure: (row) => row.bytesIn, show: bytes },
      { title: 'bytes out', figure: (row) => row.bytesOut, show: bytes },
      { title: 'CPU, ms', figure: (row) => row.cpuUs, show: milliseconds },
    ],
  });
}

const origins = { attached: 'somebody else (attached)', spawned: 'bench', embedded: 'bench', none: 'nobody' } as const;
