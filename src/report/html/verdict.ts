import type { Counts, Result } from '../../measure/result.js';
import { headline, isEmbedded, type Part, partInWords, parts, statusWordsIn } from '../describe.js';
import { describeWords } from '../describeWords.js';
import type { InEveryLanguage, Language } from '../language.js';
import { loadOfAll, quantile } from '../loads.js';
import { type Figures, figuresIn, share } from '../numbers.js';
import { ledgerEquation } from './counts.js';
import { type Content, html, type Markup, nothing, recorded } from './markup.js';
import { list, warning } from './section.js';
import { figure } from './table.js';

interface Words {
  readonly parts: string;
  readonly changed: string;
  limits(unknown: number): string;
  readonly keys: Readonly<Record<'delivered' | 'lost' | 'wasted' | 'amplification' | 'p99', { name: string; meaning: string }>>;
}

const words: InEveryLanguage<Words> = {
  en: {
    parts: 'The four parts of the verdict',
    changed: 'Changed from what was asked for:',
    limits: (unknown) =>
      unknown === 0
        ? 'What this run cannot show'
        : `What this run cannot show, and why ${figuresIn('en').counted(unknown, forms.en)} not known`,
    keys: {
      delivered: { name: 'delivered', meaning: 'pairs of a message and a recipient' },
      lost: { name: 'lost', meaning: 'had to be delivered and were not' },
      wasted: { name: 'wasted', meaning: 'of what nodes got, wanted by nobody there' },
      amplification: { name: 'amplification', meaning: 'messages through brokers per delivered one' },
      p99: { name: 'response p99, ms', meaning: '99 of 100 waited no longer' },
    },
  },
  ru: {
    parts: 'Четыре части вердикта',
    changed: 'Изменено против запрошенного:',
    limits: (unknown) =>
      unknown === 0
        ? 'Чего этот прогон показать не может'
        : `Чего этот прогон показать не может и почему ${figuresIn('ru').counted(unknown, forms.ru)}`,
    keys: {
      delivered: { name: 'доставлено', meaning: 'пар «сообщение — получатель»' },
      lost: { name: 'потеряно', meaning: 'должны были быть доставлены и не были' },
      wasted: { name: 'впустую', meaning: 'из полученного узлами никому там не было нужно' },
      amplification: { name: 'усиление', meaning: 'сообщений через брокеры на одно доставленное' },
      p99: { name: 'отклик p99, мс', meaning: '99 из 100 ждали не дольше' },
    },
  },
};

const forms = {
  en: { one: 'figure is', other: 'figures are' },
  ru: { one: 'показатель неизвестен', few: 'показателя неизвестны', other: 'показателей неизвестны' },
} as const;

/** What a reader must see first: the verdict, why, the ledger, the five figures that tell most, and where the limits of this run are. */
export function verdictHead(result: Result, language: Language): Markup {
  const { status, reasons } = result.verdict;
  const { mark, word } = statusWordsIn(language)[status];
  const { embedded } = describeWords[language];
  return html`<section id="verdict" class="verdict ${status}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${mark}</span> ${word}</h2>
<p class="headline">${headline(result, language)}</p>
${ledgerEquation(result.counts, language)}
${reasons.length > 0 ? recordedList(reasons, language) : nothing}
<p><a href="#unknowns">${words[language].limits(Object.keys(result.unknowns).length)}</a></p>
</section>
${isEmbedded(result) ? warning(embedded.title, embedded.long) : nothing}
<ul class="parts" aria-label="${words[language].parts}">${parts.map((part) => partCard(result, part, language))}</ul>
<dl class="keys">${keyFigures(result, language).map((key) => keyFigure(key, language))}</dl>
${result.plan.changed.length > 0 ? html`<p>${words[language].changed}</p>${recordedList(result.plan.changed, language)}` : nothing}
`;
}

function recordedList(of: readonly string[], language: Language): Markup {
  return list(of.map((one) => recorded(one, language)));
}

function partCard(result: Result, part: Part, language: Language): Markup {
  const { status, mark, word } = partInWords(result, part, language);
  const { reasons } = result.verdict.parts[part];
  const { parts: names, questions } = describeWords[language];
  return html`<li class="${status}"><strong><span aria-hidden="true">${mark}</span> ${names[part]}: ${word}</strong>
<span class="question">${questions[part]}</span>${reasons.length > 0 ? recordedList(reasons, language) : nothing}</li>\n`;
}

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly meaning: Content;
}

function keyFigures(result: Result, language: Language): readonly KeyFigure[] {
  const { keys } = words[language];
  const values = keyValues(result, figuresIn(language));
  return values.map(([key, value]) => ({ ...keys[key], value }));
}

function keyValues(
  { counts, amplification, latencyMs, ...result }: Result,
  figures: Figures,
): readonly (readonly [keyof Words['keys'], string])[] {
  const load = loadOfAll(result);
  const { delivered, lost }: Counts = counts;
  return [
    ['delivered', figures.whole(delivered)],
    ['lost', figures.whole(lost)],
    ['wasted', figures.percent(share(load.wasted, load.received))],
    ['amplification', figures.hundredths(amplification)],
    ['p99', figures.threeDigits(quantile(latencyMs.response.all, 0.99))],
  ];
}

function keyFigure({ name, value, meaning }: KeyFigure, language: Language): Markup {
  return html`<div><dt>${name}</dt><dd><span class="value">${figure(value, undefined, language)}</span> <span class="meaning">${meaning}</span></dd></div>\n`;
}
