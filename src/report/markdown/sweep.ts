import { pointInWords } from '../../plan/variation.js';
import { statusWords } from '../describe.js';
import { exponentInWords, growthFigureNames, growthFigures } from '../growthFigures.js';
import { code, inCell, markdownTable } from '../markdown.js';
import { plural } from '../numbers.js';
import type { GrowthFigure, Sweep } from '../sweep.js';
import { again, document, listed, named, notRun, setting } from './blocks.js';

/** Strategies at several sizes: the exponent of every figure first, then the figures. */
export function sweepMarkdown(sweep: Sweep): string {
  const { points, vary, added, leftOut, failed, command } = sweep;
  const passed = points.filter(({ status }) => status === 'pass').length;
  return document([
    `## Growth with ${vary.map(({ name }) => name).join(' and ')}`,
    `**${passed} of ${plural(points.length + failed.length, 'run')} passed**; ${setting(sweep)}`,
    ...exponents(sweep),
    '### The figures at each size',
    figures(sweep),
    ...listed(
      'Why',
      points.flatMap(({ strategy, at, reasons }) => reasons.map((why) => named(`${strategy}, ${pointInWords(at)}`, why))),
    ),
    ...notRun('Ended without a result', failed),
    ...notRun('Added', added),
    ...notRun('Left out', leftOut),
    ...again(command),
  ]);
}

function exponents({ growth, ...sweep }: Sweep): readonly string[] {
  const shown = shownFigures(sweep);
  const lines = new Map(growth.map(({ strategy, against }) => [`${strategy}\n${against}`, { strategy, against }]));
  const rows = [...lines.values()].map(({ strategy, against }) => [
    code(strategy),
    against,
    ...shown.map((name) => {
      const found = growth.find((one) => one.strategy === strategy && one.against === against && one.figure === name);
      return exponentInWords(found?.exponent ?? null, found?.error ?? null);
    }),
  ]);
  return [
    'A figure grows as this power of the variable, ± the standard error of the fit: 0 stays, 1 doubles with it, −1 halves.',
    markdownTable(['strategy', 'with', ...shown.map((name) => growthFigures[name].title)], rows),
  ];
}

function figures(sweep: Sweep): string {
  const shown = shownFigures(sweep);
  return markdownTable(
    ['strategy', 'at', 'verdict', ...shown.map((name) => growthFigures[name].title)],
    sweep.points.map((point) => [
      code(point.strategy),
      inCell(pointInWords(point.at)),
      `${statusWords[point.status].mark} ${statusWords[point.status].word}${point.embedded ? ', embedded' : ''}`,
      ...shown.map((name) => growthFigures[name].show(point.figures[name])),
    ]),
  );
}

/** Without what is known of none of them, as CPU in a simulation. */
function shownFigures({ points }: Pick<Sweep, 'points'>): readonly GrowthFigure[] {
  return growthFigureNames.filter((name) => points.some(({ figures: of }) => of[name] !== null));
}
