import type { ExactLayer, GateRecord } from '../verdict/gate.js';
import { statusWords } from './describe.js';
import { differenceInWords, shownDifferences } from './gateWords.js';
import { inCell, markdownTable } from './markdown.js';
import { whole } from './numbers.js';

/** For the summary of a CI job or a comment: one table for each layer. */
export function gateMarkdown({ status, exact, command }: GateRecord): string {
  const { mark, word } = statusWords[status];
  return `${[`## ${mark} bench gate: ${word}`, ...(exact === null ? [] : exactPart(exact)), '', 'Again:', '', '```sh', command, '```'].join('\n')}\n`;
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
