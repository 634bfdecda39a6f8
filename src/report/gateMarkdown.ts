import type { ExactLayer, GateRecord, StatisticalLayer } from '../verdict/gate.js';
import { statusWords } from './describe.js';
import { comparisonCells, comparisonHead, comparisonWords, differenceInWords, shownDifferences } from './gateWords.js';
import { inCell, markdownTable } from './markdown.js';
import { whole } from './numbers.js';

/** For the summary of a CI job or a comment: one table for each layer. */
export function gateMarkdown({ status, exact, statistical, command }: GateRecord): string {
  const { mark, word } = statusWords[status];
  const parts = [...(exact === null ? [] : exactPart(exact)), ...(statistical === null ? [] : statisticalPart(statistical))];
  return `${[`## ${mark} bench gate: ${word}`, ...parts, '', 'Again:', '', '```sh', command, '```'].join('\n')}\n`;
}

function exactPart({ entries, baseline }: ExactLayer): readonly string[] {
  const rows = entries.map((entry) => [
    statusWords[entry.status].mark,
    entry.name,
    statusWords[entry.status].word,
    whole(entry.differences.length),
    inCell(found(entry)),
  ]);
  const failed = entries.filter(({ status }) => status !== 'pass');
  return [
    '',
    `### Exact counts, held to \`${baseline}\`, simulation and model`,
    '',
    markdownTable(['', 'run', 'verdict', 'figures that differ', 'found'], rows),
    ...failed.flatMap(({ name, command }) => ['', `\`${name}\` alone:`, '', '```sh', command, '```']),
  ];
}

function found({ differences, reasons }: ExactLayer['entries'][number]): string {
  const { shown, more } = shownDifferences(differences);
  return [...reasons, ...shown.map(differenceInWords), ...(more === null ? [] : [more])].join('\n');
}

function statisticalPart(layer: StatisticalLayer): readonly string[] {
  const rows = layer.figures.map((figure) => [statusWords[figure.status].mark, ...comparisonCells(figure).map(inCell)]);
  return [
    '',
    `### CPU, ${inCell(layer.head)} against ${inCell(layer.base)}`,
    ...(rows.length === 0 ? [] : ['', markdownTable(['', ...comparisonHead], rows)]),
    '',
    inCell(comparisonWords(layer)),
    ...layer.reasons.flatMap((reason) => ['', inCell(reason)]),
  ];
}
