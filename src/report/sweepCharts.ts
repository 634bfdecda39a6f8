import { type LineChart, lineChart, palette } from './charts.js';
import { sourceInWords } from './describe.js';
import { describeWords } from './describeWords.js';
import { growthFigureNames, growthFigures } from './growthFigures.js';
import type { InEveryLanguage, Language } from './language.js';
import type { GrowthFigure, Sweep, SweepPoint } from './sweep.js';
import { variableWords } from './variables.js';

const model: InEveryLanguage<string> = { en: 'model', ru: 'модель' };
/** The canvas of a figure. */
export function chartId(figure: GrowthFigure): string {
  return `chart-${figure.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** By the id of the canvas, every figure that is known: points measured for each strategy along the first variable, and for each value of the others, with the line of the model. A power is a straight line. */
export function sweepCharts(sweep: Sweep, language: Language = 'en'): Readonly<Record<string, LineChart>> {
  const charts = growthFigureNames.map((figure) => [chartId(figure), chartOf(sweep, figure, language)] as const);
  return Object.fromEntries(charts.filter(([, { data }]) => data.datasets.length > 0));
}

function chartOf(sweep: Sweep, figure: GrowthFigure, language: Language): LineChart {
  const title = growthFigures[figure].titles[language];
  const along = sweep.vary[0]?.name;
  return lineChart({
    language,
    title,
    subtitle: [
      describeWords[language].scenario(sweep.scenario, sweep.rooms),
      ...(language === 'en' ? [sweep.rate] : []),
      ...(sweep.source === 'live' ? [] : [sourceInWords(sweep, language)]),
    ],
    horizontal: along === undefined ? '' : variableWords[language][along],
    lines: [...linesOf(sweep, language)].flatMap(([label, points], index) => {
      const colour = colours[index % colours.length] ?? palette.blue;
      const at = (value: (point: SweepPoint) => number | null | undefined) =>
        points.flatMap((point) => pointAt(along === undefined ? undefined : point.at[along], value(point)));
      const expected = at((point) => point.model?.[figure]);
      return [
        { label, colour, points: at(({ figures }) => figures[figure]), ...(expected.length === 0 ? {} : { as: 'points' as const }) },
        { label: `${label}, ${model[language]}`, colour, points: expected, as: 'line' as const },
      ];
    }),
  });
}

const colours = Object.values(palette);

function linesOf({ vary, points }: Sweep, language: Language): ReadonlyMap<string, readonly SweepPoint[]> {
  const others = vary.slice(1).map(({ name }) => name);
  const lines = new Map<string, SweepPoint[]>();
  for (const point of points) {
    const label = [point.strategy, ...others.map((name) => `${variableWords[language][name]} ${point.at[name]}`)].join(', ');
    lines.set(label, [...(lines.get(label) ?? []), point]);
  }
  return lines;
}

/** A logarithm has no place for 0. */
function pointAt(x: number | undefined, y: number | null | undefined): readonly { readonly x: number; readonly y: number }[] {
  return x === undefined || y === null || y === undefined || y <= 0 ? [] : [{ x, y }];
}
