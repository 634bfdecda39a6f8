import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { pointInWords } from '../../plan/variation.js';
import { embeddedShort, sourceInWords, statusWords } from '../describe.js';
import { exponentInWords, growthFigureNames, growthFigures } from '../growthFigures.js';
import { plural } from '../numbers.js';
import type { GrowthFigure, Sweep } from '../sweep.js';
import { columns, wrap } from './layout.js';
import { statusPaint } from './words.js';

const units =
  'got: messages received per node, by the busiest node, by all; broker: in, out and relayed per broker, of the busiest; subscriptions per node; ' +
  'CPU in µs for each delivered message, of all nodes and of all brokers; p99 of the response in ms; memory per node and per broker in MB';
const exponents =
  'A figure grows as this power of the variable, ± the standard error of the fit: 0 stays, 1 doubles with it, −1 halves. Of this machine are CPU, time and memory.';

/** The end of a sweep: how each figure grows, then the figures themselves. */
export function renderSweep(sweep: Sweep, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const colours = createColors(colour);
  const { points, vary } = sweep;
  const strategies = new Set(points.map(({ strategy }) => strategy)).size;
  const noted: Note = (words, paint) => wrap(words, width, '  ').map(paint);
  return `${[
    colours.bold(`${plural(strategies, 'strategy', 'strategies')} with different ${vary.map(({ name }) => name).join(' and ')}`),
    colours.dim(`  ${sourceInWords(sweep)}`),
    ...wrap(`scenario ${sweep.scenario}, rooms by ${sweep.rooms}, ${sweep.rate}, seed ${sweep.seed}`, width, '  '),
    '',
    colours.bold('Growth'),
    ...growthLines(sweep, colours),
    ...noted(exponents, colours.dim),
    '',
    colours.bold('Figures'),
    ...figureLines(sweep, colours),
    ...noted(units, colours.dim),
    ...notes(sweep, colours, noted),
    '',
    colours.bold('Again'),
    `  ${sweep.command}`,
  ].join('\n')}\n`;
}

type Note = (words: string, paint: (text: string) => string) => readonly string[];

/** A line for each strategy and variable. What is known of nobody, as time in a simulation, has no column. */
function growthLines({ points, vary, growth }: Sweep, colours: Colors): readonly string[] {
  const shown = shownFigures(points);
  const rows = [...new Set(points.map(({ strategy }) => strategy))].flatMap((strategy) =>
    vary.map(({ name }) => [
      '',
      strategy,
      name,
      ...shown.map((figure) => {
        const one = growth.find((fit) => fit.strategy === strategy && fit.against === name && fit.figure === figure);
        return exponentInWords(one?.exponent ?? null, one?.error ?? null);
      }),
    ]),
  );
  return setOut(['', 'strategy', 'against'], shown, rows, colours);
}

function figureLines({ points }: Sweep, colours: Colors): readonly string[] {
  const shown = shownFigures(points);
  const rows = points.map(({ strategy, status, at, figures }) => [
    statusPaint(colours, status)(statusWords[status].mark),
    strategy,
    pointInWords(at),
    ...shown.map((figure) => growthFigures[figure].show(figures[figure])),
  ]);
  return setOut(['', 'strategy', 'at'], shown, rows, colours);
}

function shownFigures(points: Sweep['points']): readonly GrowthFigure[] {
  return growthFigureNames.filter((name) => points.some(({ figures }) => figures[name] !== null));
}

function setOut(words: readonly string[], figures: readonly GrowthFigure[], rows: readonly (readonly string[])[], colours: Colors) {
  const heads = [...words, ...figures.map((figure) => growthFigures[figure].head)].map((word) => colours.dim(word));
  return columns(
    [heads, ...rows],
    heads.map((_, index) => (index < words.length ? 'left' : 'right')),
  );
}

function notes({ points, added, leftOut, failed }: Sweep, colours: Colors, noted: Note): readonly string[] {
  return [
    ...(points.some(({ embedded }) => embedded) ? noted(embeddedShort, colours.yellow) : []),
    ...points.flatMap(({ strategy, at, reasons }) =>
      reasons.flatMap((reason) => noted(`${strategy}, ${pointInWords(at)}: ${reason}`, colours.yellow)),
    ),
    ...failed.flatMap(({ strategy, why }) => noted(`${strategy} ended without a result: ${why}`, colours.red)),
    ...added.flatMap(({ strategy, why }) => noted(`${strategy} was added: ${why}`, colours.dim)),
    ...leftOut.flatMap(({ strategy, why }) => noted(`${strategy} was left out: ${why}`, colours.dim)),
  ];
}
