import { csv } from '../csv/index.js';
import { type HighestRate, highestRateText, type RateTrial } from '../highestRate.js';
import type { Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { rateCharts } from '../rateCharts.js';
import { documentOf } from './document.js';
import { downloadsOf } from './downloads.js';
import { chartFigure } from './figures.js';
import { glossarySection } from './glossary.js';
import { highestRateWords } from './highestRateWords.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { methodSection } from './method.js';
import { list, type Section } from './section.js';
import { seriesHeader, seriesRepeat } from './series.js';
import { type Column, table } from './table.js';

/** The page of a search for the highest rate; every measurement leads to the page of its run. */
export function highestRatePage(found: HighestRate, language: Language = 'en'): string {
  const title = highestRateWords[language].title(found.strategy);
  return documentOf({
    language,
    title,
    header: seriesHeader(found, title, language),
    head: head(found, language),
    sections: [
      trialsSection(found, language),
      methodSection(found, language),
      seriesRepeat(found, language),
      downloadsOf(
        [
          { name: 'capacity.json', kind: 'application/json', text: highestRateText(found) },
          { name: 'figures.csv', kind: 'text/csv', text: csv.capacity(found, language) },
        ],
        language,
      ),
      glossarySection(language),
    ],
    charts: rateCharts(found, language),
  });
}

function head(found: HighestRate, language: Language): Markup {
  const { answer: inWords, noRate, bracket } = highestRateWords[language];
  const held = found.answer?.holds ?? null;
  const tone =
    found.answer === null || found.answer.confirmedAt === null ? (held === null && found.answer !== null ? 'fail' : 'unknown') : 'pass';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title">${held === null ? noRate : bracket(found.answer)}</h2>
<p class="headline">${inWords(found).join('. ').replaceAll('..', '.')}</p>
<p>${recorded(found.size ?? '', language)} · ${recorded(found.slo, language)}</p>
</section>`;
}

function trialsSection(found: HighestRate, language: Language): Section {
  const { trials: words, perSecond } = highestRateWords[language];
  const reasons = [...new Set(found.trials.flatMap((trial) => trial.reasons.map((why) => `${perSecond(trial.ratePerSecond)}: ${why}`)))];
  return {
    id: 'trials',
    title: words.title,
    body: html`<p>${words.explained(figuresIn(language).percent(found.range.precision), found.trials.length)}</p>
${chartFigure('chart-rates', words.chart, language)}
${table({ language, caption: words.caption, rows: found.trials, columns: columnsOf(language) })}
${reasons.length === 0 ? nothing : html`<h3>${words.why}</h3>${list(reasons.map((reason) => recorded(reason, language)))}`}`,
  };
}

function columnsOf(language: Language): readonly Column<RateTrial>[] {
  const { columns, trials, steps, limits, perSecond } = highestRateWords[language];
  const { whole, threeDigits, percent } = figuresIn(language);
  const name = ({ ratePerSecond, folder }: RateTrial) =>
    folder === null ? perSecond(ratePerSecond) : html`<a href="${folder}/report.html">${perSecond(ratePerSecond)}</a>`;
  return [
    { title: columns.rate, text: name },
    { title: columns.step, text: ({ step }) => steps[step] },
    { title: columns.held, text: ({ holds }) => (holds ? trials.yes : trials.no) },
    { title: columns.sent, figure: ({ sentPerSecond }) => sentPerSecond, show: whole },
    { title: columns.p99, figure: ({ responseMsP99 }) => responseMsP99, show: threeDigits },
    { title: columns.lost, figure: ({ lost }) => lost },
    { title: columns.node, figure: ({ busyShare }) => busyShare.node, show: percent },
    { title: columns.broker, figure: ({ busyShare }) => busyShare.broker, show: percent },
    { title: columns.worker, figure: ({ busyShare }) => busyShare.worker, show: percent },
    { title: columns.machine, figure: ({ busyShare }) => busyShare.machine, show: percent },
    { title: columns.limit, text: ({ limit }) => (limit === null ? '' : limits[limit]) },
  ];
}
