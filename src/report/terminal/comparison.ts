import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { type Compared, type Comparison, firstOf, perMessage, trafficFigures } from '../comparison.js';
import { besideBest, type ComparedFigure, comparedFigures, factorInWords } from '../comparisonFigures.js';
import { controlSteps, lacksControl, noControlInWords, stepsInWords } from '../controlSteps.js';
import { embeddedShort, sourceInWords, statusWords } from '../describe.js';
import { hundredths, plural, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';
import { statusPaint } from './words.js';

const asHead: Readonly<Record<(typeof trafficFigures)[number], string>> = {
  in: 'in',
  out: 'out',
  relayed: 'relayed',
  hops: 'hops',
  questions: 'asked',
};
const trafficUnits =
  'in, out, relayed, hops (from node to node) and asked (questions to a directory) for each message sent; ampl.: amplification, all of these ' +
  'for each delivered; messages of the busiest node and of the busiest broker; subscriptions; ×: how often the best';
const timeUnits =
  'CPU in µs for each delivered message; p50 and p99 of the response in ms; memory of the largest process in MB; of this machine at this rate';

const joinUnits = '; join: ms after joining a room in which what is sent to it may be lost';

interface Screen {
  readonly colour: boolean;
  readonly width: number;
}

/** The end of a comparison: what every strategy cost in messages and in time, then what could not be compared. */
export function renderComparison(comparison: Comparison, { colour, width }: Screen): string {
  const colours = createColors(colour);
  const { runs } = comparison;
  const noted: Note = (words, paint) => wrap(words, width, '  ').map(paint);
  return `${[
    colours.bold(`${plural(runs.length, 'strategy', 'strategies')} compared${roundsInWords(runs)}`),
    colours.dim(`  ${sourceInWords(comparison)}`),
    ...wrap(`scenario ${comparison.scenario}, rooms by ${comparison.rooms}, ${comparison.rate}, seed ${comparison.seed}`, width, '  '),
    '',
    ...messages(runs, colours),
    ...noted(trafficUnits, colours.dim),
    ...times(runs, colours, noted),
    ...steps(runs, colours, noted),
    ...notes(comparison, colours, noted),
    '',
    colours.bold('Again'),
    `  ${comparison.command}`,
  ].join('\n')}\n`;
}

type Note = (words: string, paint: (text: string) => string) => readonly string[];

function roundsInWords(runs: readonly Compared[]): string {
  const rounds = Math.max(0, ...runs.map((run) => run.rounds.length));
  return rounds > 1 ? `, medians of ${rounds} rounds` : '';
}

function messages(runs: readonly Compared[], colours: Colors): readonly string[] {
  const figures = comparedFigures.filter(({ group }) => group === 'messages');
  const cells = cellsOf(figures, runs);
  const traffic = trafficFigures.filter((figure) => figure === 'in' || figure === 'out' || runs.some((run) => run.traffic[figure] !== 0));
  const rows = runs.map((run) => [
    statusPaint(colours, run.status)(statusWords[run.status].mark),
    run.strategy,
    whole(run.lost),
    ...traffic.map((figure) => hundredths(perMessage(run, figure))),
    ...cells(run),
  ]);
  return setOut(['', 'strategy', 'lost', ...traffic.map((figure) => asHead[figure]), ...headsOf(figures)], rows, colours);
}

/** Nothing of a simulation, which has no speeds. */
function times(runs: readonly Compared[], colours: Colors, noted: Note): readonly string[] {
  const figures = comparedFigures.filter(({ group, of }) => group === 'time' && runs.some((run) => of(run) !== null));
  if (figures.length === 0) return [];
  const cells = cellsOf(figures, runs);
  const rows = runs.map((run) => ['', run.strategy, ...cells(run)]);
  const joins = runs.some(({ joinWindowMsMax }) => joinWindowMsMax !== null) ? joinUnits : '';
  return ['', ...setOut(['', 'strategy', ...headsOf(figures)], rows, colours), ...noted(timeUnits + joins, colours.dim)];
}

function steps(runs: readonly Compared[], colours: Colors, noted: Note): readonly string[] {
  if (lacksControl(runs)) return ['', ...noted(noControlInWords, colours.yellow)];
  const rows = controlSteps(runs).map(({ from, to, changes, cpu, amplification, responseP99 }) => [
    '',
    `${from} → ${to}`,
    ...[
      changes === 'both' ? 'routing and implementation' : changes,
      ...[amplification, cpu, responseP99].map((factor) => factorInWords(factor)),
    ],
  ]);
  if (rows.length === 0) return [];
  return ['', ...setOut(['', 'step', 'changes', 'ampl.', 'CPU', 'p99'], rows, colours, 3), ...noted(stepsInWords, colours.dim)];
}

function notes({ runs, added = [], failed, leftOut }: Comparison, colours: Colors, noted: Note): readonly string[] {
  return [
    ...(runs.some(({ embedded }) => embedded) ? noted(embeddedShort, colours.yellow) : []),
    ...runs.flatMap(({ strategy, reasons, differs }) =>
      [...reasons, ...firstOf(differs)].flatMap((words) => noted(`${strategy}: ${words}`, colours.yellow)),
    ),
    ...failed.flatMap(({ strategy, why }) => noted(`${strategy} ended without a result: ${why}`, colours.red)),
    ...added.flatMap(({ strategy, why }) => noted(`${strategy} was added: ${why}`, colours.dim)),
    ...leftOut.flatMap(({ strategy, why }) => noted(`${strategy} was left out: ${why}`, colours.dim)),
  ];
}

function cellsOf(figures: readonly ComparedFigure[], runs: readonly Compared[]): (run: Compared) => readonly string[] {
  const shown = figures.map((figure) => ({ of: figure.of, show: besideBest(figure, runs) }));
  return (run) => shown.map(({ of, show }) => show(of(run)));
}

function headsOf(figures: readonly ComparedFigure[]): readonly string[] {
  return figures.map(({ head }) => head);
}

/** The first columns are words, the others figures. */
function setOut(heads: readonly string[], rows: readonly (readonly string[])[], colours: Colors, words = 2): readonly string[] {
  return columns(
    [heads.map((word) => colours.dim(word)), ...rows],
    heads.map((_, index) => (index < words ? 'left' : 'right')),
  );
}
