import type { Result } from '../../measure/result.js';
import { answersOf } from '../answers.js';
import {
  brokerWord,
  embeddedShort,
  headline,
  isEmbedded,
  partInWords,
  parts,
  rateInWords,
  scenarioInWords,
  sizesInWords,
  sourceInWords,
  statusWords,
} from '../describe.js';
import { brokersApart, loadOf, loadOfAll, quantile } from '../loads.js';
import { code, inCell, markdownTable } from '../markdown.js';
import { hundredths, percent, plural, share, threeDigits, whole } from '../numbers.js';
import { whereOf } from '../series.js';
import { again, bullets, document, listed } from './blocks.js';

/** One run: its verdict with the reasons, the figures that tell most, who handled how much. */
export function runMarkdown(result: Result): string {
  const { mark, word } = statusWords[result.verdict.status];
  return document([
    `## ${mark} ${code(result.plan.strategy.name)}: ${word}`,
    inCell(headline(result)),
    `${inCell([sizesInWords(result), rateInWords(result), scenarioInWords(result), `seed ${result.plan.seed}`].join(', '))}; ${inCell(sourceInWords(result))}.`,
    isEmbedded(result) ? `**${embeddedShort}.**` : '',
    bullets(result.verdict.reasons.map(inCell)),
    markdownTable(
      ['part', 'verdict', 'why'],
      parts.map((part) => partRow(result, part)),
    ),
    keyFigures(result),
    ...answers(result),
    ...loads(result),
    ...listed('Ended before they were asked to', result.died.map(inCell)),
    ...again(result.plan.command),
    where(result),
  ]);
}

function where(result: Result): string {
  const { commit, machine } = whereOf(result);
  return `On ${inCell(machine ?? 'a machine not known')}, commit ${code(commit ?? 'not known')}.`;
}

function partRow(result: Result, part: (typeof parts)[number]): readonly string[] {
  const { mark, word } = partInWords(result, part);
  return [part, `${mark} ${word}`, inCell(result.verdict.parts[part].reasons.join('\n'))];
}

function keyFigures(result: Result): string {
  const { counts, costUsPerDelivered, latencyMs } = result;
  const load = loadOfAll(result);
  const figures: readonly (readonly [string, string])[] = [
    ['delivered', whole(counts.delivered)],
    ['lost', whole(counts.lost)],
    ['duplicated', whole(counts.duplicated)],
    ['misdelivered', whole(counts.misdelivered)],
    ['wasted of what nodes got', percent(share(load.wasted, load.received))],
    ['amplification', hundredths(result.amplification)],
    ['CPU nodes, µs per delivered', threeDigits(costUsPerDelivered.node)],
    ['CPU brokers, µs', threeDigits(costUsPerDelivered.broker)],
    ['response p50, ms', threeDigits(quantile(latencyMs.response.all, 0.5))],
    ['response p99, ms', threeDigits(quantile(latencyMs.response.all, 0.99))],
  ];
  return markdownTable(
    figures.map(([name]) => name),
    [figures.map(([, value]) => value)],
  );
}

function answers(result: Result): readonly string[] {
  const { asks } = result.plan;
  if (asks === undefined) return [];
  const rows = answersOf(result).map(({ place, words, why }) => [code(place), inCell(words), inCell(why ?? '')]);
  return [`**${inCell(asks.question)}**`, markdownTable(['figure', 'value', 'not known, because'], rows)];
}

/** A comment with more rows is not read; all are in result.json. */
const mostRows = 16;

function loads(result: Result): readonly string[] {
  const nodes = result.nodes.map((node) => {
    const { published, received, useful, wasted, deliveredToSockets } = loadOf(node);
    return [code(node.id), ...[published, received, useful, wasted, deliveredToSockets].map(whole)];
  });
  const brokers = brokersApart(result).map(({ id, in: taken, out, relayed }) => [code(id), ...[taken, out, relayed].map(whole)]);
  return [
    ...rowsOf(['node', 'published', 'received', 'useful', 'wasted', 'to sockets'], nodes),
    ...rowsOf([brokerWord(result), 'in', 'out', 'relayed'], brokers),
  ];
}

function rowsOf(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - mostRows;
  return [markdownTable(head, rows.slice(0, mostRows)), more > 0 ? `and ${plural(more, 'more row')}: all are in result.json` : ''];
}
