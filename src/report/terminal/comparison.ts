import { createColors } from 'picocolors';
import { type Comparison, perMessage, trafficFigures } from '../comparison.js';
import { embeddedShort, sourceInWords, statusWords } from '../describe.js';
import { hundredths, plural, threeDigits, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';
import { statusPaint } from './words.js';

const heads = ['', 'strategy', 'lost', 'in', 'out', 'relayed', 'hops', 'asked', 'ampl.', 'CPU node', 'broker', 'p50', 'p99'];
const joinHead = 'join';
const joinUnits = '; join: ms after joining a room in which what is sent to it may be lost (–: none)';
const units =
  'in, out, relayed, hops (from node to node) and asked (questions to a directory) for each message sent; ampl.: amplification; CPU in µs for each delivered message; p50 and p99 of the response in ms';

/** The end of a comparison: a line for each strategy, then what could not be compared. */
export function renderComparison(comparison: Comparison, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const colours = createColors(colour);
  const { runs, leftOut, failed } = comparison;
  const joins = runs.some(({ joinWindowMsMax }) => joinWindowMsMax !== null);
  const shown = joins ? [...heads, joinHead] : heads;
  const rows = runs.map((run) => [
    statusPaint(colours, run.status)(statusWords[run.status].mark),
    run.strategy,
    whole(run.lost),
    ...trafficFigures.map((figure) => hundredths(perMessage(run, figure))),
    hundredths(run.amplification),
    threeDigits(run.costUsPerDelivered.node),
    threeDigits(run.costUsPerDelivered.broker),
    threeDigits(run.responseMs.p50),
    threeDigits(run.responseMs.p99),
    ...(joins ? [threeDigits(run.joinWindowMsMax)] : []),
  ]);
  const noted = (words: string, paint: (text: string) => string) => wrap(words, width, '  ').map(paint);
  return `${[
    colours.bold(`${plural(runs.length, 'strategy', 'strategies')} compared`),
    colours.dim(`  ${sourceInWords(comparison)}`),
    ...wrap(`scenario ${comparison.scenario}, rooms by ${comparison.rooms}, ${comparison.rate}, seed ${comparison.seed}`, width, '  '),
    '',
    ...columns([shown.map((word) => colours.dim(word)), ...rows], ['left', 'left', ...shown.slice(2).map(() => 'right' as const)]),
    ...noted(joins ? units + joinUnits : units, colours.dim),
    ...(runs.some(({ embedded }) => embedded) ? noted(embeddedShort, colours.yellow) : []),
    ...runs.flatMap(({ strategy, reasons }) => reasons.flatMap((reason) => noted(`${strategy}: ${reason}`, colours.yellow))),
    ...failed.flatMap(({ strategy, why }) => noted(`${strategy} ended without a result: ${why}`, colours.red)),
    ...leftOut.flatMap(({ strategy, why }) => noted(`${strategy} was left out: ${why}`, colours.dim)),
    '',
    colours.bold('Again'),
    `  ${comparison.command}`,
  ].join('\n')}\n`;
}
