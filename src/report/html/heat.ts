import type { Compared, Comparison } from '../comparison.js';
import { besideBest, comparedFigures, factorInWords, factorToBest } from '../comparisonFigures.js';
import type { Language } from '../language.js';
import { recordedName } from './comparisonName.js';
import { comparisonWords } from './comparisonWords.js';
import { html, type Markup } from './markup.js';
import type { Section } from './section.js';
import { type Column, table } from './table.js';

/** Ends of the shades, as factors to the best; one hue from faint to strong, told apart with every colour blindness and without colours. */
const ends = [1.05, 1.5, 2, 4, 10] as const;

/** Strategies by costs, each cell the stronger the more it costs. */
export function heatSection({ runs }: Comparison, language: Language): Section {
  const { title, explained, caption } = comparisonWords[language].heat;
  return {
    id: 'heat',
    title,
    body: html`<p>${explained}</p>
${table({ language, caption, rows: runs, columns: [recordedName(language), ...costColumns(runs, language)] })}
${legend(language)}`,
  };
}

/** Of the costs that are known of any. */
function costColumns(runs: readonly Compared[], language: Language): readonly Column<Compared>[] {
  return comparedFigures
    .filter(({ of }) => runs.some((run) => of(run) !== null))
    .map((figure) => {
      const factorOf = factorToBest(figure, runs);
      return {
        title: figure.titles[language],
        figure: figure.of,
        show: besideBest(figure, runs, language),
        shade: (run: Compared) => shadeOf(factorOf(figure.of(run))),
      };
    });
}

export function shadeOf(factor: number | null): string {
  if (factor === null) return '';
  const level = ends.findIndex((end) => factor <= end);
  return `heat-${level < 0 ? ends.length : level}`;
}

function legend(language: Language): Markup {
  const { legend: words, more, none } = comparisonWords[language].heat;
  const steps = ends.map(
    (end, level) => html`<li class="heat-${level}">${level === 0 ? factorInWords(1, language) : `≤ ${factorInWords(end, language)}`}</li>`,
  );
  return html`<ul class="heat-legend"><li>${words}</li>${steps}<li class="heat-${ends.length}">${more}</li><li class="heat-none">${none}</li></ul>`;
}
