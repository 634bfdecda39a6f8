import { type Compared, type Comparison, firstOf, perMessage, trafficFigures } from '../comparison.js';
import { comparisonCharts } from '../comparisonCharts.js';
import { besideBest, type ComparedFigure, comparedFigures, factorInWords } from '../comparisonFigures.js';
import { type ControlStep, controlSteps, lacksControl, noControlInWords, stepsInWords } from '../controlSteps.js';
import { embeddedLong, joinWindowInWords, statusWords } from '../describe.js';
import type { Language } from '../language.js';
import { hundredths, plural, threeDigits } from '../numbers.js';
import { documentOf } from './document.js';
import { chartFigure } from './figures.js';
import { followedInEach } from './followed.js';
import { html, type Markup, nothing } from './markup.js';
import { list, pairs, type Section, warning } from './section.js';
import { notRunList, seriesHeader, seriesRepeat } from './series.js';
import { type Column, table } from './table.js';

/** The page that compares several strategies under one load; every row leads to the page of its run. */
export function comparisonPage(comparison: Comparison, language: Language = 'en'): string {
  const drawn = Object.entries(comparisonCharts(comparison)).filter(([, { data }]) => data.datasets.length > 0);
  return documentOf({
    language,
    title: `${plural(comparison.runs.length, 'strategy', 'strategies')} compared`,
    header: seriesHeader(comparison, 'Strategies compared'),
    head: head(comparison),
    sections: [
      messagesSection(comparison),
      ...followedInEach(comparison.runs, 'en'),
      costSection(comparison),
      ...controlSection(comparison),
      seriesRepeat(comparison, 'comparison'),
    ],
    charts: Object.fromEntries(drawn),
  });
}

const name: Column<Compared> = { title: 'strategy', text: ({ strategy, folder }) => html`<a href="${folder}/report.html">${strategy}</a>` };

function head(comparison: Comparison): Markup {
  const { runs, added = [], leftOut, failed } = comparison;
  const reasons = runs.flatMap(({ strategy, reasons: why, differs }) =>
    [...why, ...firstOf(differs)].map((reason) => html`<strong>${strategy}</strong>: ${reason}`),
  );
  const passed = runs.filter(({ status }) => status === 'pass').length;
  const tone = failed.length > 0 || runs.some(({ status }) => status === 'fail') ? 'fail' : passed === runs.length ? 'pass' : 'unknown';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${statusWords[tone].mark}</span> ${passed} of ${plural(runs.length + failed.length, 'strategy', 'strategies')} passed</h2>
<p class="headline">Each was given the same messages, one after the other, on the same machine.</p>
${reasons.length === 0 ? nothing : list(reasons)}
</section>
${runs.some(({ embedded }) => embedded) ? warning('Embedded broker', embeddedLong) : nothing}
${joinWindows(runs)}${notRunList('Ended without a result', failed)}${notRunList('Added', added)}${notRunList('Left out', leftOut)}`;
}

function joinWindows(runs: readonly Compared[]): Markup {
  const windows = runs.flatMap(({ strategy, joinWindowMsMax }) =>
    joinWindowInWords(joinWindowMsMax).map((words): readonly [string, string] => [strategy, words]),
  );
  return windows.length === 0 ? nothing : html`<h3>Lost after a join</h3>${pairs(windows)}`;
}

function figuresOf(group: ComparedFigure['group'], runs: readonly Compared[]): readonly Column<Compared>[] {
  return comparedFigures
    .filter((figure) => figure.group === group && runs.some((run) => figure.of(run) !== null))
    .map((figure) => ({ title: figure.title, figure: figure.of, show: besideBest(figure, runs) }));
}

function messagesSection({ runs }: Comparison): Section {
  return {
    id: 'messages',
    title: 'What one message costs in messages',
    body: html`<p>Amplification is how often a message is handled until it is delivered once: in, relayed and out of all brokers, hops straight from node to node, questions to a directory and their answers, divided by what was delivered. It does not depend on the machine. Beside each figure stands how often it is that of the best strategy (×).</p>
${chartFigure('chart-amplification', 'Amplification of each strategy as bars')}
${table({
  caption: 'What came of the messages, and what handled most of them',
  rows: runs,
  columns: [
    name,
    { title: 'verdict', text: ({ status }) => `${statusWords[status].mark} ${statusWords[status].word}` },
    { title: 'sent', figure: ({ sent }) => sent },
    { title: 'delivered', figure: ({ delivered }) => delivered },
    { title: 'lost', figure: ({ lost }) => lost },
    ...figuresOf('messages', runs),
  ],
})}
${table({
  caption: 'Messages through all brokers, from node to node and to directories, for each message sent',
  rows: runs,
  columns: [
    name,
    ...trafficFigures.map((title): Column<Compared> => ({ title, figure: (run) => perMessage(run, title), show: hundredths })),
  ],
})}`,
  };
}

function costSection({ runs }: Comparison): Section {
  return {
    id: 'cost',
    title: 'What it costs in time and memory',
    body: html`<p>Of this machine at this rate, ${roundsInWords(runs)}: directions, not promises. CPU per message falls as the rate rises.</p>
${chartFigure('chart-cost', 'CPU per delivered message of each strategy as bars, nodes and brokers')}
${table({
  caption: 'CPU per delivered message, response time, memory of the largest process',
  rows: runs,
  columns: [name, ...figuresOf('time', runs), { title: 'size', text: ({ size }) => size }],
})}
${runs.some(({ rounds }) => rounds.length > 1) ? roundsTable(runs) : nothing}`,
  };
}

function roundsInWords(runs: readonly Compared[]): string {
  const rounds = Math.max(1, ...runs.map((run) => run.rounds.length));
  return rounds === 1 ? 'one run each' : `medians of ${rounds} rounds that took turns (A B B A)`;
}

/** How far the rounds are apart says what the medians are worth. */
function roundsTable(runs: readonly Compared[]): Markup {
  const rows = runs.flatMap(({ strategy, rounds }) => rounds.map((round, index) => ({ ...round, strategy, number: index + 1 })));
  return table({
    caption: 'Each round by itself',
    rows,
    columns: [
      { title: 'round', text: ({ strategy, folder, number }) => html`<a href="${folder}/report.html">${strategy} ${number}</a>` },
      { title: 'verdict', text: ({ status }) => `${statusWords[status].mark} ${statusWords[status].word}` },
      { title: 'CPU nodes, µs', figure: ({ costUsPerDelivered }) => costUsPerDelivered.node, show: threeDigits },
      { title: 'CPU brokers, µs', figure: ({ costUsPerDelivered }) => costUsPerDelivered.broker, show: threeDigits },
      { title: 'response p50, ms', figure: ({ responseMs }) => responseMs.p50, show: threeDigits },
      { title: 'response p99, ms', figure: ({ responseMs }) => responseMs.p99, show: threeDigits },
    ],
  });
}

/** Nothing where no official adapter is among them. */
function controlSection({ runs }: Comparison): readonly Section[] {
  const rows = controlSteps(runs);
  const words = lacksControl(runs) ? noControlInWords : stepsInWords;
  if (rows.length === 0 && !lacksControl(runs)) return [];
  const body = html`<p>${words}</p>${rows.length === 0 ? nothing : stepsTable(rows)}`;
  return [{ id: 'control', title: 'Routing and implementation apart', body }];
}

function stepsTable(rows: readonly ControlStep[]): Markup {
  return table({
    caption: 'What each step multiplies a figure by',
    rows,
    columns: [
      { title: 'step', text: ({ from, to }) => `${from} → ${to}` },
      { title: 'changes', text: ({ changes }) => (changes === 'both' ? 'routing and implementation' : changes) },
      { title: 'amplification', figure: ({ amplification }) => amplification, show: factorInWords },
      { title: 'CPU of nodes and brokers', figure: ({ cpu }) => cpu, show: factorInWords },
      { title: 'response p99', figure: ({ responseP99 }) => responseP99, show: factorInWords },
    ],
  });
}
