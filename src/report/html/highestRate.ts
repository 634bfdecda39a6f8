import { answerInWords, bracketInWords, type HighestRate, type RateTrial, rate } from '../highestRate.js';
import type { Language } from '../language.js';
import { percent, plural, threeDigits, whole } from '../numbers.js';
import { rateCharts } from '../rateCharts.js';
import { documentOf } from './document.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import { list, type Section } from './section.js';
import { seriesHeader, seriesRepeat } from './series.js';
import { table } from './table.js';

/** The page of a search for the highest rate; every measurement leads to the page of its run. */
export function highestRatePage(found: HighestRate, language: Language = 'en'): string {
  const title = `The highest rate of ${found.strategy}`;
  return documentOf({
    language,
    title,
    header: seriesHeader(found, title),
    head: head(found),
    sections: [trialsSection(found), seriesRepeat(found, 'search')],
    charts: rateCharts(found),
  });
}

function head(found: HighestRate): Markup {
  const [answer = '', ...others] = answerInWords(found);
  const held = found.answer?.holds ?? null;
  const tone =
    found.answer === null || found.answer.confirmedAt === null ? (held === null && found.answer !== null ? 'fail' : 'unknown') : 'pass';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title">${held === null ? 'no rate is known to hold' : bracketInWords(found.answer)}</h2>
<p class="headline">${[answer, ...others].join('. ').replaceAll('..', '.')}</p>
<p>${found.size ?? ''}</p>
</section>`;
}

function trialsSection(found: HighestRate): Section {
  const reasons = [...new Set(found.trials.flatMap((trial) => trial.reasons.map((why) => `${rate(trial.ratePerSecond)}: ${why}`)))];
  return {
    id: 'trials',
    title: 'How it was found',
    body: html`<p>The rate was doubled until it broke, then bisected to ${percent(found.range.precision)}; at each rate two of three measurements decide, and the answer held once more at 0.9 of it. ${plural(found.trials.length, 'measurement')} in all.</p>
${chartFigure('chart-rates', 'The 99th percentile of the response over the rate')}
${table({
  caption: 'Every measurement; shares are of one core, of the machine of all cores',
  rows: found.trials,
  columns: [
    { title: 'rate', text: nameOf },
    { title: 'step', text: ({ step }) => step },
    { title: 'held', text: ({ holds }) => (holds ? '✓ yes' : '✗ no') },
    { title: 'sent/s', figure: ({ sentPerSecond }) => sentPerSecond, show: whole },
    { title: 'response p99, ms', figure: ({ responseMsP99 }) => responseMsP99, show: threeDigits },
    { title: 'lost', figure: ({ lost }) => lost },
    { title: 'busiest node', figure: ({ busyShare }) => busyShare.node, show: percent },
    { title: 'busiest broker', figure: ({ busyShare }) => busyShare.broker, show: percent },
    { title: 'busiest worker', figure: ({ busyShare }) => busyShare.worker, show: percent },
    { title: 'machine', figure: ({ busyShare }) => busyShare.machine, show: percent },
    { title: 'limit', text: ({ limit }) => limit ?? '' },
  ],
})}
${reasons.length === 0 ? nothing : html`<h3>Why it did not hold</h3>${list(reasons)}`}`,
  };
}

function nameOf({ ratePerSecond, folder }: RateTrial): Markup {
  return folder === null ? html`${rate(ratePerSecond)}` : html`<a href="${folder}/report.html">${rate(ratePerSecond)}</a>`;
}
