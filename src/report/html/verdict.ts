import type { Result } from '../../measure/result.js';
import { embeddedLong, headline, isEmbedded, type Part, partInWords, partQuestions, parts, statusWords } from '../describe.js';
import { loadOfAll, quantile } from '../loads.js';
import { hundredths, percent, share, threeDigits, whole } from '../numbers.js';
import { type Content, html, type Markup, nothing } from './markup.js';
import { list, warning } from './section.js';
import { figure } from './table.js';

/** What a reader must see first: the verdict, why, and the five figures that tell most. */
export function verdictHead(result: Result): Markup {
  const { status, reasons } = result.verdict;
  const { mark, word } = statusWords[status];
  return html`<section id="verdict" class="verdict ${status}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${mark}</span> ${word}</h2>
<p class="headline">${headline(result)}</p>
${reasons.length > 0 ? list(reasons) : nothing}
</section>
${isEmbedded(result) ? warning('Embedded broker', embeddedLong) : nothing}
<ul class="parts" aria-label="The four parts of the verdict">${parts.map((part) => partCard(result, part))}</ul>
<dl class="keys">${keyFigures(result).map(keyFigure)}</dl>
${result.plan.changed.length > 0 ? html`<p>Changed from what was asked for:</p>${list(result.plan.changed)}` : nothing}
`;
}

function partCard(result: Result, part: Part): Markup {
  const { status, mark, word } = partInWords(result, part);
  const { reasons } = result.verdict.parts[part];
  return html`<li class="${status}"><strong><span aria-hidden="true">${mark}</span> ${part}: ${word}</strong>
<span class="question">${partQuestions[part]}</span>${reasons.length > 0 ? list(reasons) : nothing}</li>\n`;
}

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly meaning: Content;
}

function keyFigures(result: Result): readonly KeyFigure[] {
  const { delivered, lost } = result.counts;
  const load = loadOfAll(result);
  return [
    { name: 'delivered', value: whole(delivered), meaning: 'pairs of a message and a recipient' },
    { name: 'lost', value: whole(lost), meaning: 'had to be delivered and were not' },
    { name: 'wasted', value: percent(share(load.wasted, load.received)), meaning: 'of what nodes got, wanted by nobody there' },
    { name: 'amplification', value: hundredths(result.amplification), meaning: 'messages through brokers per delivered one' },
    { name: 'response p99, ms', value: threeDigits(quantile(result.latencyMs.response.all, 0.99)), meaning: '99 of 100 waited no longer' },
  ];
}

function keyFigure({ name, value, meaning }: KeyFigure): Markup {
  return html`<div><dt>${name}</dt><dd><span class="value">${figure(value)}</span> <span class="meaning">${meaning}</span></dd></div>\n`;
}
