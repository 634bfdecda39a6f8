import type { Comparison } from '../verdict/costGate.js';
import type { Difference } from '../verdict/exactGate.js';
import type { StatisticalLayer } from '../verdict/gate.js';
import type { CostFigure } from '../verdict/pairs.js';
import { statusWords } from './describe.js';
import { plural, threeDigits, whole } from './numbers.js';

/** A gate in words: the same ones on the terminal, in Markdown and in JUnit. */

/** More tell a person nothing that these do not; all are in the record. */
const shownMost = 8;

/** `nodes.n1.chat.published: 66 live, 33 by the baseline` */
export function differenceInWords({ figure, live, expected, by }: Difference): string {
  return `${figure}: ${live ?? 'none'} live, ${expected} by the ${by}`;
}

export function shownDifferences(differences: readonly Difference[]): {
  readonly shown: readonly Difference[];
  readonly more: string | null;
} {
  const left = differences.length - shownMost;
  return { shown: differences.slice(0, shownMost), more: left > 0 ? `and ${whole(left)} more, which --json lists` : null };
}

const figureNames: Readonly<Record<CostFigure, string>> = {
  system: 'CPU, nodes and brokers, µs',
  node: 'CPU, nodes, µs',
  broker: 'CPU, brokers, µs',
  p99: 'response p99, ms',
  'time per message': 'time for each delivery, µs',
};

export const comparisonHead = ['strategy', 'figure', 'base', 'head', 'change', 'interval', 'limit', 'verdict'] as const;

/** One figure of one strategy: change and interval of head by base. */
export function comparisonCells({
  strategy,
  figure,
  base,
  head,
  ratio,
  low,
  high,
  limit,
  status,
  advisory,
}: Comparison): readonly string[] {
  return [
    strategy,
    figureNames[figure],
    threeDigits(base),
    threeDigits(head),
    change(ratio),
    `${change(low)} to ${change(high)}`,
    change(1 + limit),
    `${statusWords[status].word}${advisory ? ', advisory' : ''}`,
  ];
}

/** `+3.2 %` */
function change(ratio: number): string {
  if (!Number.isFinite(ratio)) return ratio > 0 ? '+∞' : '−∞';
  const percent = 100 * (ratio - 1);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

/** What the figures are of, in one paragraph. */
export function comparisonWords({ figures, run, limits }: StatisticalLayer): string {
  const least = Math.min(...figures.map(({ pairs }) => pairs));
  const confidence = Math.min(...figures.map(({ confidence }) => confidence));
  if (figures.length === 0) return `not one pair; each run: ${run}`;
  return (
    `CPU for each delivered message, medians; change: median of head by base over ${plural(least, 'pair')}, with an interval of ` +
    `${(100 * confidence).toFixed(2)} % or more, all figures taken together; it fails where the whole interval is beyond the limit. Less than the limit is not seen; four times the pairs (--pairs) about halve it, down to 3 %. Limits: ${limits}. Each run: ${run}`
  );
}
