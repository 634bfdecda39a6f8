import type { NodeResult, Result } from '../../measure/result.js';
import type { KindCounters } from '../../routing/messages.js';
import type { Language } from '../language.js';
import { kindsSeen, loadOf, loadOfAll } from '../loads.js';
import { figuresIn, share } from '../numbers.js';
import { balanceTable } from './balance.js';
import { chartFigure } from './figures.js';
import { type Content, html, type Markup, nothing, recorded } from './markup.js';
import { modelledNodes } from './modelled.js';
import { kindOfTraffic, nodesWords } from './nodesWords.js';
import type { Section } from './section.js';
import { type Column, table } from './table.js';

/** What every chat node handled, and what that took of it. */
export function nodesSection(result: Result, language: Language): Section {
  const { title, chart } = nodesWords[language];
  return {
    id: 'nodes',
    title,
    body: html`<p>${wasteInWords(result, language)}</p>
${chartFigure('chart-nodes', chart, language)}
${loads(result, language)}
${balance(result, language)}
${modelledNodes(result, language)}
${loadsByKind(result, language)}
${processes(result, language)}`,
  };
}

function wasteInWords(result: Result, language: Language): string {
  const { received, wasted } = loadOfAll(result);
  const { nonePassed, allWanted, waste } = nodesWords[language];
  if (received === 0) return nonePassed;
  return wasted === 0 ? allWanted(received) : waste(received, wasted, share(wasted, received));
}

const counters = ['fromClients', 'published', 'received', 'useful', 'wasted', 'deliveredToSockets'] as const;

function counterColumns(language: Language): readonly Column<KindCounters>[] {
  return counters.map((counter) => ({ title: nodesWords[language].counters[counter], figure: (row) => row[counter] }));
}

function loads({ nodes }: Result, language: Language): Markup {
  const { captions, node } = nodesWords[language];
  return table({
    language,
    caption: captions.loads,
    rows: nodes.map((each) => ({ id: each.id, ...loadOf(each) })),
    totals: true,
    columns: [{ title: node, text: (row) => recorded(row.id, language) }, ...counterColumns(language)],
  });
}

function balance({ nodes }: Result, language: Language): Markup {
  const all = nodes.map((each) => ({ id: each.id, ...loadOf(each) }));
  const names = nodesWords[language].counters;
  const shown = (['published', 'received', 'wasted', 'deliveredToSockets'] as const).map((counter) => ({
    name: names[counter],
    loads: all.map((one) => ({ id: one.id, load: one[counter] })),
  }));
  return balanceTable(shown, language);
}

function loadsByKind(result: Result, language: Language): Markup {
  const seen = kindsSeen(result);
  const { captions, node, kind: title, noMessage, oneKind } = nodesWords[language];
  const names = kindOfTraffic[language];
  const [only, ...others] = seen;
  if (only === undefined || others.length === 0) return html`<p>${only === undefined ? noMessage : oneKind(names[only])}</p>`;
  return table({
    language,
    caption: captions.byKind,
    rows: result.nodes.flatMap(({ id, kinds }) => seen.map((kind) => ({ id, kind, ...kinds[kind] }))),
    columns: [
      { title: node, text: ({ id }) => recorded(id, language) },
      { title, text: ({ kind }) => names[kind] },
      ...counterColumns(language),
    ],
  });
}

function processes({ nodes }: Result, language: Language): Markup {
  return html`${table({
    language,
    caption: nodesWords[language].captions.processes,
    rows: nodes,
    totals: true,
    columns: processColumns(language),
  })}
${nodes.some(({ refused }) => Object.keys(refused).length > 0) ? refusals(nodes, language) : nothing}`;
}

function processColumns(language: Language): readonly Column<NodeResult>[] {
  const { node, process: titles } = nodesWords[language];
  const { milliseconds, bytes, threeDigits } = figuresIn(language);
  return [
    { title: node, text: ({ id }) => recorded(id, language) },
    { title: titles.sockets, figure: ({ connections }) => connections },
    { title: titles.listens, text: ({ subscriptions }) => inWords(subscriptions, language) },
    { title: titles.subscribed, figure: ({ subscribes }) => subscribes },
    { title: titles.unsubscribed, figure: ({ unsubscribes }) => unsubscribes },
    { title: titles.junk, figure: ({ junk }) => junk },
    { title: titles.slow, figure: ({ slowReadersCut }) => slowReadersCut },
    { title: titles.cpu, figure: ({ cpuUs }) => cpuUs, show: milliseconds },
    { title: titles.memory, figure: ({ memoryBytes }) => memoryBytes, show: bytes },
    { title: titles.delay, figure: ({ eventLoopDelayMsP99 }) => eventLoopDelayMsP99, show: threeDigits, total: false },
  ];
}

/** `{u: 100, n: 1}` -> `user 100, node 1` */
function inWords(subscriptions: Readonly<Record<string, number>>, language: Language): Content {
  const { topics, nothing: none } = nodesWords[language];
  const { whole } = figuresIn(language);
  const words = Object.entries(subscriptions).map(([letter, number]) => `${topics[letter] ?? letter} ${whole(number)}`);
  return words.join(', ') || none;
}

function refusals(nodes: readonly NodeResult[], language: Language): Markup {
  const { captions, node, refusals: titles } = nodesWords[language];
  return table({
    language,
    caption: captions.refusals,
    rows: nodes.flatMap(({ id, refused }) => Object.entries(refused).map(([reason, number]) => ({ id, reason, number }))),
    columns: [
      { title: node, text: ({ id }) => recorded(id, language) },
      { title: titles.reason, text: ({ reason }) => recorded(reason, language) },
      { title: titles.events, figure: ({ number }) => number },
    ],
  });
}
