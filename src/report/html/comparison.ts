import { type Compared, type Comparison, comparisonText, firstOf, perMessage, trafficFigures } from '../comparison.js';
import { comparisonCharts } from '../comparisonCharts.js';
import { besideBest, type ComparedFigure, comparedFigures, factorInWords } from '../comparisonFigures.js';
import { type ControlStep, controlSteps, lacksControl } from '../controlSteps.js';
import { csv } from '../csv/index.js';
import { joinWindowInWords, statusInWords, statusWordsIn } from '../describe.js';
import { describeWords } from '../describeWords.js';
import type { Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { comparisonExercises } from '../severalExercises.js';
import { recordedName } from './comparisonName.js';
import { comparisonWords } from './comparisonWords.js';
import { documentOf } from './document.js';
import { downloadsOf } from './downloads.js';
import { exercisesSection } from './exercises.js';
import { chartFigure } from './figures.js';
import { followedInEach } from './followed.js';
import { glossarySection } from './glossary.js';
import { heatSection } from './heat.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { methodSection } from './method.js';
import { outlookSections } from './outlook.js';
import { list, pairs, type Section, warning } from './section.js';
import { notRunLists, seriesHeader, seriesRepeat } from './series.js';
import { type Column, table } from './table.js';

/** The page that compares several strategies under one load; every row leads to the page of its run. */
export function comparisonPage(comparison: Comparison, language: Language = 'en'): string {
  const drawn = Object.entries(comparisonCharts(comparison, language)).filter(([, { data }]) => data.datasets.length > 0);
  const { title, compared } = comparisonWords[language];
  return documentOf({
    language,
    title: compared(comparison.runs.length),
    header: seriesHeader(comparison, title, language),
    head: head(comparison, language),
    sections: sectionsOf(comparison, language),
    charts: Object.fromEntries(drawn),
  });
}

function sectionsOf(comparison: Comparison, language: Language): readonly Section[] {
  return [
    heatSection(comparison, language),
    messagesSection(comparison, language),
    ...followedInEach(comparison.runs, language),
    costSection(comparison, language),
    ...controlSection(comparison, language),
    ...exercisesSection(comparisonExercises(comparison, language), language),
    ...outlookSections(
      comparison.runs.flatMap(({ outlook }) => outlook ?? []),
      'run',
      language,
    ),
    methodSection(comparison, language),
    seriesRepeat(comparison, language),
    downloadsOf(
      [
        { name: 'comparison.json', kind: 'application/json', text: comparisonText(comparison) },
        { name: 'figures.csv', kind: 'text/csv', text: csv.comparison(comparison, language) },
      ],
      language,
    ),
    glossarySection(language),
  ];
}

function head(comparison: Comparison, language: Language): Markup {
  const { runs, failed } = comparison;
  const { passed: inWords, headline } = comparisonWords[language];
  const { embedded } = describeWords[language];
  const reasons = runs.flatMap(({ strategy, reasons: why, differs }) =>
    [...why, ...firstOf(differs)].map((reason) => html`<strong>${recorded(strategy, language)}</strong>: ${recorded(reason, language)}`),
  );
  const passed = runs.filter(({ status }) => status === 'pass').length;
  const tone = failed.length > 0 || runs.some(({ status }) => status === 'fail') ? 'fail' : passed === runs.length ? 'pass' : 'unknown';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${statusWordsIn(language)[tone].mark}</span> ${inWords(passed, runs.length + failed.length)}</h2>
<p class="headline">${headline}</p>
${reasons.length === 0 ? nothing : list(reasons)}
</section>
${runs.some((run) => run.embedded) ? warning(embedded.title, embedded.long) : nothing}
${joinWindows(runs, language)}${notRunLists(comparison, language)}`;
}

function joinWindows(runs: readonly Compared[], language: Language): Markup {
  const windows = runs.flatMap(({ strategy, joinWindowMsMax }) =>
    joinWindowInWords(joinWindowMsMax, language).map((words) => [recorded(strategy, language), words] as const),
  );
  return windows.length === 0 ? nothing : html`<h3>${comparisonWords[language].joinWindows}</h3>${pairs(windows)}`;
}

function figuresOf(group: ComparedFigure['group'], runs: readonly Compared[], language: Language): readonly Column<Compared>[] {
  return comparedFigures
    .filter((figure) => figure.group === group && runs.some((run) => figure.of(run) !== null))
    .map((figure) => ({ title: figure.titles[language], figure: figure.of, show: besideBest(figure, runs, language) }));
}

export function messagesSection({ runs }: Comparison, language: Language): Section {
  const { messages: words, verdict } = comparisonWords[language];
  const { hundredths } = figuresIn(language);
  return {
    id: 'messages',
    title: words.title,
    body: html`<p>${words.explained}</p>
${chartFigure('chart-amplification', words.chart, language)}
${table({
  language,
  caption: words.caption,
  rows: runs,
  columns: [
    recordedName(language),
    { title: verdict, text: ({ status }) => statusInWords(status, language) },
    { title: words.columns.sent, figure: ({ sent }) => sent },
    { title: words.columns.delivered, figure: ({ delivered }) => delivered },
    { title: words.columns.lost, figure: ({ lost }) => lost },
    ...figuresOf('messages', runs, language),
  ],
})}
${table({
  language,
  caption: words.perMessage,
  rows: runs,
  columns: [
    recordedName(language),
    ...trafficFigures.map(
      (name): Column<Compared> => ({ title: words.traffic[name], figure: (run) => perMessage(run, name), show: hundredths }),
    ),
  ],
})}`,
  };
}

export function costSection({ runs }: Comparison, language: Language): Section {
  const { cost: words } = comparisonWords[language];
  const rounds = Math.max(1, ...runs.map((run) => run.rounds.length));
  return {
    id: 'cost',
    title: words.title,
    body: html`<p>${words.explained(rounds)}</p>
${chartFigure('chart-cost', words.chart, language)}
${table({
  language,
  caption: words.caption,
  rows: runs,
  columns: [
    recordedName(language),
    ...figuresOf('time', runs, language),
    { title: words.size, text: ({ size }) => recorded(size, language) },
  ],
})}
${rounds > 1 ? roundsTable(runs, language) : nothing}`,
  };
}

/** How far the rounds are apart says what the medians are worth. */
function roundsTable(runs: readonly Compared[], language: Language): Markup {
  const { cost, verdict } = comparisonWords[language];
  const { threeDigits: show } = figuresIn(language);
  const rows = runs.flatMap(({ strategy, rounds }) => rounds.map((round, index) => ({ ...round, strategy, number: index + 1 })));
  return table({
    language,
    caption: cost.rounds,
    rows,
    columns: [
      {
        title: cost.columns.round,
        text: ({ strategy, folder, number }) => html`<a href="${folder}/report.html">${recorded(`${strategy} ${number}`, language)}</a>`,
      },
      { title: verdict, text: ({ status }) => statusInWords(status, language) },
      { title: cost.columns.cpuNodes, figure: ({ costUsPerDelivered }) => costUsPerDelivered.node, show },
      { title: cost.columns.cpuBrokers, figure: ({ costUsPerDelivered }) => costUsPerDelivered.broker, show },
      { title: cost.columns.p50, figure: ({ responseMs }) => responseMs.p50, show },
      { title: cost.columns.p99, figure: ({ responseMs }) => responseMs.p99, show },
    ],
  });
}

/** Nothing where no official adapter is among them. */
function controlSection({ runs }: Comparison, language: Language): readonly Section[] {
  const rows = controlSteps(runs);
  const { title, steps, lacks } = comparisonWords[language].control;
  const words = lacksControl(runs) ? lacks : steps;
  if (rows.length === 0 && !lacksControl(runs)) return [];
  const body = html`<p>${words}</p>${rows.length === 0 ? nothing : stepsTable(rows, language)}`;
  return [{ id: 'control', title, body }];
}

function stepsTable(rows: readonly ControlStep[], language: Language): Markup {
  const { caption, columns, changes: names } = comparisonWords[language].control;
  const show = (factor: number | null) => factorInWords(factor, language);
  return table({
    language,
    caption,
    rows,
    columns: [
      { title: columns.step, text: ({ from, to }) => recorded(`${from} → ${to}`, language) },
      { title: columns.changes, text: ({ changes }) => names[changes] },
      { title: columns.amplification, figure: ({ amplification }) => amplification, show },
      { title: columns.cpu, figure: ({ cpu }) => cpu, show },
      { title: columns.p99, figure: ({ responseP99 }) => responseP99, show },
    ],
  });
}
