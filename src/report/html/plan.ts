import { calibrationInWords } from '../calibrationInWords.js';
import {
  type CapacityPlan,
  capacityPlanText,
  fleetsInOrder,
  type PlannedStrategy,
  statusOfPlan,
  substitutesInWords,
} from '../capacityPlan.js';
import { factorInWords } from '../comparisonFigures.js';
import { csv } from '../csv/index.js';
import type { Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { coresChart, planCharts } from '../planCharts.js';
import { planExercises } from '../severalExercises.js';
import { documentOf } from './document.js';
import { downloadsOf } from './downloads.js';
import { exercisesSection } from './exercises.js';
import { chartFigure } from './figures.js';
import { glossarySection } from './glossary.js';
import { shadeOf } from './heat.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { outlookSections } from './outlook.js';
import { planMethodSection } from './planMethod.js';
import { planWords } from './planWords.js';
import { commandAgain, repeatWords } from './repeat.js';
import { list, pairs, type Section } from './section.js';
import { type Column, table } from './table.js';

/** The page of a capacity plan. */
export function planPage(plan: CapacityPlan, language: Language = 'en'): string {
  const { title } = planWords[language];
  return documentOf({
    language,
    title,
    header: header(plan, language),
    head: head(plan, language),
    sections: [
      fleetsSection(plan, language),
      ...winnersSections(plan, language),
      ...exercisesSection(planExercises(plan, language), language),
      ...outlookSections(plan.outlooks ?? [], 'plan', language, plan.rooms),
      demandsSection(plan, language),
      planMethodSection(language),
      repeatSection(plan, language),
      downloadsOf(
        [
          { name: 'fleets.json', kind: 'application/json', text: capacityPlanText(plan) },
          { name: 'figures.csv', kind: 'text/csv', text: csv.plan(plan, language) },
        ],
        language,
      ),
      glossarySection(language),
    ],
    charts: planCharts(plan, language),
  });
}

function header({ startedAt, users, ratePerUser, workload }: CapacityPlan, language: Language): Markup {
  const { title, setting } = planWords[language];
  return html`<header>
<p class="eyebrow">bench · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1>${title}</h1>
<p class="setting">${setting(users, users * ratePerUser)} · ${recorded(workload, language)}</p>
</header>`;
}

function head(plan: CapacityPlan, language: Language): Markup {
  const { advice } = plan;
  const { take, none, predicted } = planWords[language];
  return html`<section id="verdict" class="verdict ${statusOfPlan(plan)}" aria-labelledby="verdict-title">
<h2 id="verdict-title">${advice === null ? none : take(advice.strategy)}</h2>
${advice === null ? nothing : list(advice.reasons.map((reason) => recorded(reason, language)))}
<p>${predicted}</p>
</section>`;
}

function fleetsSection(plan: CapacityPlan, language: Language): Section {
  const { fleets, impossible } = planWords[language];
  const { threeDigits } = figuresIn(language);
  const rows = fleetsInOrder(plan);
  const substitutes = substitutesInWords(rows, fleets);
  return {
    id: 'fleets',
    title: fleets.title,
    body: html`<p>${fleets.explained}</p>
${rows.length === 0 ? nothing : html`<div class="charts">${chartFigure(coresChart, `${fleets.chart}: ${rows.map(({ strategy, cores }) => `${strategy} ${threeDigits(cores)}`).join(', ')}`, language)}</div>`}
${table({ language, caption: fleets.caption, rows, columns: [...sizeColumns(rows, language), ...restColumns(language)] })}
${substitutes === '' ? nothing : html`<p>${fleets.uncalibrated}: ${substitutes}</p>`}
${plan.impossible.length === 0 ? nothing : html`<h3>${impossible}</h3>${pairs(plan.impossible.map(({ strategy, why }) => [recorded(strategy, language), recorded(why, language)]))}`}`,
  };
}

function sizeColumns(rows: readonly PlannedStrategy[], language: Language): readonly Column<PlannedStrategy>[] {
  const { columns } = planWords[language];
  const { percent, threeDigits } = figuresIn(language);
  const least = Math.min(...rows.map(({ cores }) => cores));
  const factor = (cores: number | null) => (cores === null || least <= 0 ? null : cores / least);
  return [
    { title: columns.strategy, text: ({ strategy }) => recorded(strategy, language) },
    { title: columns.engine, text: ({ engine }) => recorded(engine, language) },
    { title: columns.nodes, figure: ({ nodes }) => nodes },
    { title: columns.brokers, figure: ({ brokers }) => brokers },
    {
      title: columns.cores,
      figure: ({ cores }) => cores,
      show: (cores) => `${threeDigits(cores)} ${factorInWords(factor(cores), language)}`,
      shade: ({ cores }) => shadeOf(factor(cores)),
    },
    { title: columns.nodeShare, figure: ({ node }) => node.share, show: percent },
    { title: columns.brokerShare, figure: ({ broker }) => broker?.share ?? null, show: percent },
    { title: columns.first, text: ({ saturatesFirst }) => recorded(saturatesFirst, language) },
  ];
}

function restColumns(language: Language): readonly Column<PlannedStrategy>[] {
  const { columns, cannot } = planWords[language];
  const { whole, percent, bytes, compact } = figuresIn(language);
  const more = ({ millionMore }: PlannedStrategy) =>
    millionMore === null ? cannot : `+${whole(millionMore.nodes)} / +${whole(millionMore.brokers)}`;
  return [
    { title: columns.nodeMemory, figure: ({ node }) => node.memoryBytes, show: bytes },
    { title: columns.brokerMemory, figure: ({ broker }) => broker?.memoryBytes ?? null, show: bytes },
    { title: columns.connections, figure: ({ connectionsPerBroker }) => connectionsPerBroker, show: compact },
    { title: columns.subscriptions, figure: ({ subscriptionsPerBroker }) => subscriptionsPerBroker, show: compact },
    { title: columns.wasted, figure: ({ wastedShare }) => wastedShare, show: percent },
    { title: columns.lost, figure: ({ lostShare }) => lostShare, show: percent },
    { title: columns.more, text: more },
  ];
}

/** Where the article's winner is the one to take, and where it is not. */
function winnersSections({ winners }: CapacityPlan, language: Language): readonly Section[] {
  if (winners.length === 0) return [];
  const { title, caption, users, take, hashed } = planWords[language].winners;
  const { compact, threeDigits } = figuresIn(language);
  const body = table({
    language,
    caption,
    rows: winners,
    columns: [
      { title: users, text: (row) => compact(row.users) },
      { title: take, text: ({ strategy }) => recorded(strategy ?? '–', language) },
      { title: hashed, figure: (row) => row.hashed, show: threeDigits },
    ],
  });
  return [{ id: 'winners', title, body }];
}

function demandsSection({ demands, calibration }: CapacityPlan, language: Language): Section {
  const { title, terms, any } = planWords[language].demands;
  const { percent, whole, threeDigits } = figuresIn(language);
  const assumed = calibration.assumed.length === 0 ? [] : [[terms.assumed, recorded(calibration.assumed.join('; '), language)] as const];
  return {
    id: 'demands',
    title,
    body: pairs([
      [terms.utilisation, percent(demands.utilisation)],
      [terms.connections, whole(demands.connectionsPerNode)],
      [terms.nodes, whole(demands.nodesLeast)],
      [terms.p99, demands.responseMsP99 === null ? any : threeDigits(demands.responseMsP99)],
      [terms.calibration, recorded(calibration.where, language)],
      [terms.madeAt, calibration.madeAt.slice(0, 10)],
      [terms.madeOf, recorded(calibrationInWords(calibration), language)],
      ...assumed,
    ]),
  };
}

function repeatSection({ command, seed, environment: { commit, bench, node } }: CapacityPlan, language: Language): Section {
  const { title, terms, notKnown } = repeatWords[language];
  return {
    id: 'repeat',
    title,
    body: html`${commandAgain(command, language)}
${pairs([
  [terms.seed, String(seed)],
  [terms.commit, commit === null ? notKnown : html`<code>${commit}</code>`],
  [terms.bench, `${bench}, ${node}`],
])}`,
  };
}
