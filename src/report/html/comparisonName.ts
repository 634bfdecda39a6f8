import type { Compared } from '../comparison.js';
import type { Language } from '../language.js';
import { comparisonWords } from './comparisonWords.js';
import { html, recorded } from './markup.js';
import type { Column } from './table.js';

/** The head of the rows of a comparison: the strategy, which leads to the page of its run. */
export function recordedName(language: Language): Column<Compared> {
  return {
    title: comparisonWords[language].strategy,
    text: ({ strategy, folder }) => html`<a href="${folder}/report.html">${recorded(strategy, language)}</a>`,
  };
}
