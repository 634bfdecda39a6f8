import type { Counts, Result } from '../../measure/result.js';
import type { Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { countsWords } from './countsWords.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { list, type Section } from './section.js';
import { table } from './table.js';

/** The ledger: what became of every message. */
export function countsSection({ counts, examples }: Result, language: Language): Section {
  const words = countsWords[language];
  const names = Object.keys(words.counts) as (keyof Counts)[];
  return {
    id: 'counts',
    title: words.title,
    body: html`${sentences(counts, language)}
${table({
  language,
  caption: words.caption,
  rows: names,
  columns: [
    { title: words.columns.count, text: (name) => words.counts[name].name },
    { title: words.columns.number, figure: (name) => counts[name] },
    { title: words.columns.meaning, text: (name) => words.counts[name].meaning },
  ],
})}
${seen(examples, language)}`,
  };
}

function sentences(counts: Counts, language: Language): Markup {
  const words = countsWords[language];
  return html`<p>${words.taken(counts)}</p>
${ledgerEquation(counts, language)}
<p>${words.howCounted}</p>`;
}

/** `expected 10,000 = delivered 9,997 + lost 3` */
export function ledgerEquation({ expected, delivered, lost }: Counts, language: Language): Markup {
  const { counts: names } = countsWords[language];
  const { whole } = figuresIn(language);
  const sign = expected === delivered + lost ? '=' : '≠';
  return html`<p class="equation">${names.expected.name} ${whole(expected)} ${sign} ${names.delivered.name} ${whole(delivered)} + ${names.lost.name} ${whole(lost)}</p>`;
}

/** The first few of what went wrong, so that a reader has something to search the logs for. */
function seen(examples: Result['examples'], language: Language): Markup {
  const words = countsWords[language];
  const shown = Object.entries(examples).flatMap(([name, of]) =>
    of.map((example) => html`<strong>${words.counts[name as keyof Counts]?.name ?? name}</strong>: ${recorded(example, language)}`),
  );
  return shown.length === 0 ? nothing : html`<p>${words.firstWrong}</p>${list(shown)}`;
}
