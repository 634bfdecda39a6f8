import type { BrokerResult, Result } from '../../measure/result.js';
import { besideHops } from '../../measure/traffic.js';
import { brokerWord, kindInWords, whyUnknown } from '../describe.js';
import type { Language } from '../language.js';
import { brokersApart, hasRelays, kindsSeen, nodesAsBrokers, wordOfNodes } from '../loads.js';
import { figuresIn } from '../numbers.js';
import { balanceTable } from './balance.js';
import { type BrokersWords, brokersWords } from './brokersWords.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { modelledBrokers } from './modelled.js';
import { kindOfTraffic } from './nodesWords.js';
import type { Section } from './section.js';
import { type Column, table } from './table.js';

/** What every broker handled in its own words, beside what the nodes say of it. */
export function brokersSection(result: Result, language: Language): Section {
  const { title, none } = brokersWords[language];
  return {
    id: 'brokers',
    title: title(brokerWord(result, language)),
    body: result.brokers.length === 0 ? html`<p>${none}</p>` : body(result, language),
  };
}

function body(result: Result, language: Language): Markup {
  const { ownWords: explained, chart } = brokersWords[language];
  return html`<p>${explained}</p>
${chartFigure('chart-brokers', chart, language)}
${ownWords(result, language)}
${balance(result, language)}
${modelledBrokers(result, language)}
${betweenNodes(result, language)}
${byKind(result, language)}
${processes(result, language)}`;
}

type OwnWords = BrokerResult & { readonly said: { readonly in: number; readonly out: number } };

function ownWords(result: Result, language: Language): Markup {
  const apart = brokersApart(result);
  const { captions, columns } = brokersWords[language];
  if (apart.length === 0) return nothing;
  const own = (name: 'in' | 'out' | 'relayed'): Column<OwnWords> => ({
    title: columns[name],
    figure: (row) => row[name],
    why: ({ id }) => whyUnknown(result, id, name),
  });
  return table({
    language,
    caption: captions.own,
    rows: apart.map((broker): OwnWords => ({ ...broker, said: wordOfNodes(broker) })),
    totals: true,
    columns: [
      idOf(columns.broker, language),
      { title: columns.kind, text: ({ kind }) => kindInWords(kind, 1, language) },
      own('in'),
      { title: columns.put, figure: (row) => row.said.in },
      own('out'),
      { title: columns.got, figure: (row) => row.said.out },
      ...(hasRelays(result) ? [own('relayed')] : []),
    ],
  });
}

function idOf(title: string, language: Language): Column<BrokerResult> {
  return { title, text: ({ id }) => recorded(id, language) };
}

function balance(result: Result, language: Language): Markup {
  const { columns } = brokersWords[language];
  const loads = (name: 'in' | 'out') => brokersApart(result).map((broker) => ({ id: broker.id, load: broker[name] }));
  return balanceTable(
    (['in', 'out'] as const).map((name) => ({ name: columns[name], loads: loads(name) })),
    language,
  );
}

/** Each node that others speak to: messages straight from them, apart from what it is asked as a place of a directory. */
function betweenNodes(result: Result, language: Language): Markup {
  const nodes = nodesAsBrokers(result);
  if (nodes.length === 0) return nothing;
  const { betweenNodes: explained, captions } = brokersWords[language];
  const columns = betweenColumns(result, brokersWords[language], language);
  return html`<p>${explained}</p>
${table({ language, caption: captions.between, rows: nodes, totals: true, columns })}`;
}

function betweenColumns(result: Result, { columns }: BrokersWords, language: Language): readonly Column<BrokerResult>[] {
  const why = ({ id }: BrokerResult) => whyUnknown(result, id, 'in');
  const show = figuresIn(language).bytes;
  return [
    idOf(columns.node, language),
    { title: columns.hops, figure: ({ hops }) => hops, why },
    { title: columns.asked, figure: (row) => besideHops(row, 'in'), why },
    { title: columns.othersPut, figure: (row) => wordOfNodes(row).in },
    { title: columns.answered, figure: (row) => besideHops(row, 'out'), why },
    { title: columns.bytesIn, figure: ({ bytesIn }) => bytesIn, show },
    { title: columns.bytesOut, figure: ({ bytesOut }) => bytesOut, show },
  ];
}

function byKind(result: Result, language: Language): Markup {
  const seen = kindsSeen(result);
  if (seen.length < 2) return nothing;
  const { captions, columns } = brokersWords[language];
  const names = kindOfTraffic[language];
  const figures = seen.flatMap((kind): Column<BrokerResult>[] => [
    { title: `${names[kind]}: ${columns.in}`, figure: (row) => row.kinds[kind].in },
    { title: `${names[kind]}: ${columns.out}`, figure: (row) => row.kinds[kind].out },
  ]);
  return table({
    language,
    caption: captions.byKind,
    rows: result.brokers,
    totals: true,
    columns: [idOf(columns.broker, language), ...figures],
  });
}

function processes(result: Result, language: Language): Markup {
  const apart = brokersApart(result);
  if (apart.length === 0) return nothing;
  const { captions, columns, embedded, origins } = brokersWords[language];
  const { bytes, milliseconds } = figuresIn(language);
  const kind = (row: BrokerResult) => html`<code>${row.kind}</code>${row.embedded ? html`, <strong>${embedded}</strong>` : nothing}`;
  return table({
    language,
    caption: captions.processes,
    rows: apart,
    totals: true,
    columns: [
      idOf(columns.broker, language),
      { title: columns.kind, text: kind },
      { title: columns.startedBy, text: (row) => origins[row.origin ?? 'none'] },
      { title: columns.channels, figure: (row) => row.channels },
      { title: columns.memory, figure: (row) => row.memoryBytes, show: bytes },
      { title: columns.bytesIn, figure: (row) => row.bytesIn, show: bytes },
      { title: columns.bytesOut, figure: (row) => row.bytesOut, show: bytes },
      { title: columns.cpu, figure: (row) => row.cpuUs, show: milliseconds },
    ],
  });
}
