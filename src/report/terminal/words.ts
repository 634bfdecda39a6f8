import type { Colors } from 'picocolors/types.js';
import type { Result, Status } from '../../measure/result.js';
import {
  embeddedLong,
  headline,
  isEmbedded,
  joinWindowInWords,
  joinWindowMsMax,
  partInWords,
  parts,
  rateInWords,
  scenarioInWords,
  sizesInWords,
  sourceInWords,
  statusWords,
} from '../describe.js';
import { whole } from '../numbers.js';
import { wrap } from './layout.js';
import type { Block } from './types.js';

/** Between things of a kind in a line. */
const between = ' · ';

export const verdictBlock: Block = (result, { colours, width }) => {
  const { status, reasons } = result.verdict;
  const { mark, word } = statusWords[status];
  const embedded = isEmbedded(result) ? colours.yellow(' · EMBEDDED broker') : '';
  const partWords = parts.map((part) => {
    const said = partInWords(result, part);
    return partPaint(colours, said.status)(`${said.mark} ${part}${said.status === 'pass' ? '' : `: ${said.word}`}`);
  });
  return [
    `${statusPaint(colours, status)(colours.bold(`${mark} ${word.toUpperCase()}`))}  ${colours.bold(result.plan.strategy.name)}${embedded}`,
    ...wrap(
      [sizesInWords(result), rateInWords(result), scenarioInWords(result), sourceInWords(result)].join(between),
      width,
      '  ',
      between,
    ).map(colours.dim),
    ...wrap(headline(result), width, '  '),
    `  ${partWords.join('   ')}`,
    ...reasons.flatMap((reason) => wrap(`- ${reason}`, width, '  ')),
    ...result.plan.changed.flatMap((change) => wrap(`changed: ${change}`, width, '  ')),
  ];
};

function partPaint(colours: Colors, status: Status | 'unjudged'): (text: string) => string {
  return status === 'unjudged' ? colours.dim : statusPaint(colours, status);
}

export function statusPaint({ green, red, yellow }: Colors, status: Status): (text: string) => string {
  return { pass: green, fail: red, unknown: yellow }[status];
}

/** Always the same counts in the same order, so that the eye finds them; what should be zero and is not is red. */
export const countsBlock: Block = ({ counts, examples }, { colours, width }) => {
  const bad = ['lost', 'duplicated', 'misdelivered', 'reordered', 'rejected', 'unanswered', 'uncertain'] as const;
  const words = [
    `${whole(counts.sent)} sent`,
    `${whole(counts.expected)} expected = ${whole(counts.delivered)} delivered + ${whole(counts.lost)} lost`,
    ...bad.filter((name) => name !== 'lost').map((name) => `${whole(counts[name])} ${name}`),
  ];
  const lines = wrap(words.join(between), width, '  ', between);
  const clean = bad.every((name) => counts[name] === 0);
  const seen = Object.entries(examples).flatMap(([name, of]) => of.slice(0, 3).map((words) => `${name}: ${words}`));
  return [colours.bold('Messages'), ...(clean ? lines : lines.map(colours.red)), ...seen.flatMap((words) => wrap(words, width, '  '))];
};

export const notesBlock: Block = (result, { colours, width }) => [
  ...(isEmbedded(result) ? wrap(embeddedLong, width).map(colours.yellow) : []),
  ...joinWindowInWords(joinWindowMsMax(result)).flatMap((words) => wrap(words, width).map(colours.yellow)),
  ...result.died.flatMap((words) => wrap(`Ended too early: ${words}`, width).map(colours.red)),
  ...unknownInWords(result.unknowns).flatMap((words) => wrap(words, width)),
];

/** Figures with one reason share a line; more reasons than these are for the page. */
const mostReasons = 4;

function unknownInWords(unknowns: Result['unknowns']): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const [figure, reason] of Object.entries(unknowns)) byReason.set(reason, [...(byReason.get(reason) ?? []), figure]);
  const lines = [...byReason].map(([reason, figures]) => `Not known: ${figures.join(', ')} (${reason})`);
  return lines.length <= mostReasons ? lines : [...lines.slice(0, mostReasons), `And ${lines.length - mostReasons} more: see report.html`];
}

/** Never wrapped: it is there to be copied. */
export const repeatBlock: Block = ({ plan }, { colours }) => [colours.bold('Again'), `  ${plan.command}`];
