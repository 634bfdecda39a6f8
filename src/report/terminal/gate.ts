import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { ExactEntry, ExactLayer, GateRecord, StatisticalLayer } from '../../verdict/gate.js';
import { statusWords } from '../describe.js';
import { comparisonCells, comparisonHead, comparisonWords, differenceInWords, shownDifferences } from '../gateWords.js';
import { plural, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';
import { statusPaint } from './words.js';

interface Screen {
  readonly colour: boolean;
  readonly width: number;
}

/** The end of a gate: each layer with what it found, then the command that repeats it. */
export function renderGate({ status, exact, statistical, command }: GateRecord, { colour, width }: Screen): string {
  const colours = createColors(colour);
  const { mark, word } = statusWords[status];
  return `${[
    `${statusPaint(colours, status)(colours.bold(`${mark} ${word.toUpperCase()}`))}  ${colours.bold('gate')}`,
    ...(exact === null ? [] : exactLines(exact, colours, width)),
    ...(statistical === null ? [] : statisticalLines(statistical, colours, width)),
    '',
    colours.bold('Again'),
    `  ${command}`,
  ].join('\n')}\n`;
}

function exactLines({ entries, baseline }: ExactLayer, colours: Colors, width: number): readonly string[] {
  const rows = entries.map(({ name, status, differences, seconds, why }) => [
    statusPaint(colours, status)(statusWords[status].mark),
    name,
    differences.length === 0 ? '' : `${whole(differences.length)} differ`,
    `${whole(seconds)} s`,
    why,
  ]);
  return [
    '',
    colours.bold(`Exact: ${plural(entries.length, 'run')} held to ${baseline}, simulation and model`),
    ...columns(rows, ['left', 'left', 'left', 'right', 'left']),
    ...entries.flatMap((entry) => foundLines(entry, colours, width)),
  ];
}

/** What a run found, with the command that plays it again. */
function foundLines({ name, status, reasons, differences, command }: ExactEntry, colours: Colors, width: number): readonly string[] {
  if (status === 'pass') return [];
  const { shown, more } = shownDifferences(differences);
  const words = [...reasons, ...shown.map(differenceInWords), ...(more === null ? [] : [more])];
  return [
    '',
    colours.bold(`  ${name}`),
    ...words.flatMap((line) => wrap(`- ${line}`, width, '  ')),
    `  ${colours.dim('again:')} ${command}`,
  ];
}

function statisticalLines(layer: StatisticalLayer, colours: Colors, width: number): readonly string[] {
  const { figures, reasons } = layer;
  const rows = figures.map((figure) => [statusPaint(colours, figure.status)(statusWords[figure.status].mark), ...comparisonCells(figure)]);
  const head = ['', ...comparisonHead].map((word) => colours.dim(word));
  return [
    '',
    colours.bold(`Statistical: ${layer.head} against ${layer.base}`),
    ...(rows.length === 0 ? [] : columns([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'])),
    ...wrap(comparisonWords(layer), width, '  ').map(colours.dim),
    ...reasons.flatMap((reason) => wrap(`- ${reason}`, width, '  ')),
  ];
}
