import type { BrokerResult, Result } from '../../measure/result.js';
import { brokerWord, kindInWords, whyUnknown } from '../describe.js';
import { hasRelays, kindsSeen, wordOfNodes } from '../loads.js';
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
  return html`<p>A broker’s own words are its counters, read before the start and after the last message (of a Redis: calls of PUBLISH in <code>INFO commandstats</code>, and the sum of the replies to them). Where nodes speak to each other, each is a broker too. What the nodes say is counted apart, and neither figure is ever computed from the other.</p>
${chartFigure('chart-brokers', 'Messages per broker as bars: in, out, relayed')}
${ownWords(result)}
${byKind(result)}
${processes(result)}`;
}

type OwnWords = BrokerResult & { readonly said: { readonly in: number; readonly out: number } };

function ownWords(result: Result): Markup {
  const own = (title: 'in' | 'out' | 'relayed'): Column<OwnWords> => ({
    title,
    figure: (row) => row[title],
    why: ({ id }) => whyUnknown(result, id, title),
  });
  return table({
    caption: 'Messages between start and drained: the broker’s word beside the nodes’ word',
    rows: result.brokers.map((broker): OwnWords => ({ ...broker, said: wordOfNodes(broker) })),
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

function processes({ brokers }: Result): Markup {
  return table({
    caption: 'Each broker as a process',
    rows: brokers,
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
