import type { Counts, Result } from '../../measure/result.js';
import type { Language } from '../language.js';
import { type Figures, figuresIn } from '../numbers.js';
import { type CountsWords, countsWords } from './countsWords.js';
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
    body: html`${sentences(counts, words, figuresIn(language))}
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

function sentences(counts: Counts, words: CountsWords, { whole }: Figures): Markup {
  const { expected, delivered, lost } = counts;
  const { expected: due, delivered: arrived, lost: missing } = words.counts;
  const sign = expected === delivered + lost ? '=' : '≠';
  return html`<p>${words.taken(counts)}</p>
<p class="equation">${due.name} ${whole(expected)} ${sign} ${arrived.name} ${whole(delivered)} + ${missing.name} ${whole(lost)}</p>
<p>${words.howCounted}</p>`;
}

/** The first few of what went wrong, so that a reader has something to search the logs for. */
function seen(examples: Result['examples'], language: Language): Markup {
  const words = countsWords[language];
  const shown = Object.entries(examples).flatMap(([name, of]) =>
    of.map((example) => html`<strong>${words.counts[name as keyof Counts]?.name ?? name}</strong>: ${recorded(example, language)}`),
  );
  return shown.length === 0 ? nothing : html`<p>${words.firstWrong}</p>${list(shown)}`;
}
