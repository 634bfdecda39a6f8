import type { Distribution, Result } from '../../measure/result.js';
import { quantile, quantileName, shownQuantiles } from '../loads.js';
import { threeDigits } from '../numbers.js';
import { chartFigure } from './figures.js';
import { html } from './markup.js';
import type { Section } from './section.js';
import { type Column, figure, table } from './table.js';

interface Row {
  readonly name: string;
  readonly path: string;
  readonly distribution: Distribution | null;
}

/** How long messages took, as their recipients saw it. */
export function latencySection(result: Result): Section {
  return {
    id: 'latency',
    title: 'Latency',
    body: html`<p><strong>Response</strong> is what a user waits: from the moment a message was meant to be sent until it was received. <strong>Service</strong> counts from when it was really sent. The <strong>generator lag</strong> between the two is the load worker’s fault, not the system’s.</p>
${chartFigure('chart-latency', 'Latency percentiles as bars: response and service, on the same node and across nodes')}
${table({ caption: 'Milliseconds', rows: rowsOf(result), columns })}
<p>Clocks differ by at most ${figure(threeDigits(result.latencyMs.clockErrorMs))} ms (0: one load worker, hence one clock).</p>`,
  };
}

function rowsOf({ latencyMs: { response, service, generatorLag } }: Result): readonly Row[] {
  const of = (name: string, { all, sameNode, crossNode }: Result['latencyMs']['response']): readonly Row[] => [
    { name, path: 'all', distribution: all },
    { name, path: 'same node', distribution: sameNode },
    { name, path: 'cross node', distribution: crossNode },
  ];
  return [...of('response', response), ...of('service', service), { name: 'generator lag', path: 'all', distribution: generatorLag }];
}

const columns: readonly Column<Row>[] = [
  { title: 'what', text: ({ name }) => name },
  { title: 'path', text: ({ path }) => path },
  { title: 'messages', figure: ({ distribution }) => distribution?.count ?? null },
  { title: 'mean', figure: ({ distribution }) => distribution?.mean ?? null, show: threeDigits },
  ...shownQuantiles.map((at) => ({ title: quantileName(at), figure: (row: Row) => quantile(row.distribution, at), show: threeDigits })),
  { title: 'max', figure: ({ distribution }) => distribution?.max ?? null, show: threeDigits },
];
