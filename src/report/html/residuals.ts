import { growthFigureNames, growthFigures } from '../growthFigures.js';
import type { Language } from '../language.js';
import { figuresIn, share } from '../numbers.js';
import type { GrowthFigure, Sweep, SweepPoint } from '../sweep.js';
import { placeInWords } from '../variables.js';
import { html, recorded } from './markup.js';
import type { Section } from './section.js';
import { sweepWords } from './sweepWords.js';
import { type Column, table } from './table.js';

interface Residual {
  readonly point: SweepPoint;
  readonly figure: GrowthFigure;
  readonly measured: number;
  readonly modelled: number;
}

/** Measured less modelled, where they differ; nothing where no run has a model. */
export function residualsSection({ points }: Sweep, language: Language): readonly Section[] {
  const all = points.flatMap(residualsOf);
  if (all.length === 0) return [];
  const { title, explained, caption, allAlike } = sweepWords[language].residuals;
  const rows = all.filter(isApart).toSorted((one, other) => sizeOf(other) - sizeOf(one));
  const body = html`<p>${explained}</p>
${rows.length === 0 ? html`<p>${allAlike(all.length)}</p>` : table({ language, caption, rows, columns: columnsOf(language) })}`;
  return [{ id: 'residuals', title, body }];
}

function residualsOf(point: SweepPoint): readonly Residual[] {
  return growthFigureNames.flatMap((figure) => {
    const [measured, modelled] = [point.figures[figure], point.model?.[figure] ?? null];
    return measured === null || modelled === null ? [] : [{ point, figure, measured, modelled }];
  });
}

/** Means of the same whole numbers may differ in their last digit. */
const rounding = 1e-9;

function isApart({ measured, modelled }: Residual): boolean {
  return Math.abs(measured - modelled) > rounding * Math.max(Math.abs(measured), Math.abs(modelled));
}

function sizeOf({ measured, modelled }: Residual): number {
  return Math.abs(share(measured - modelled, modelled) ?? Infinity);
}

function columnsOf(language: Language): readonly Column<Residual>[] {
  const { columns } = sweepWords[language];
  const { threeDigits, percent } = figuresIn(language);
  return [
    { title: columns.strategy, text: ({ point }) => recorded(point.strategy, language) },
    { title: columns.at, text: ({ point }) => placeInWords(point.at, language) },
    { title: columns.figure, text: ({ figure }) => growthFigures[figure].titles[language] },
    { title: columns.measured, figure: ({ measured }) => measured, show: threeDigits },
    { title: columns.model, figure: ({ modelled }) => modelled, show: threeDigits },
    { title: columns.residual, figure: ({ measured, modelled }) => measured - modelled, show: threeDigits },
    { title: columns.share, figure: ({ measured, modelled }) => share(measured - modelled, modelled), show: percent },
  ];
}
