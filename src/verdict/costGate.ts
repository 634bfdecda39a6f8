import type { Status } from '../measure/result.js';
import { randomOf } from '../plan/random.js';
import { bootstrapMedians, chanceWithin, intervalOf, medianOf } from './bootstrap.js';
import { holm } from './holm.js';
import { type CostFigure, comparedCosts, type Pair, ratiosOf } from './pairs.js';

/** The chance that a gate of equal sides fails is far below this: each figure must also be beyond its limit. */
export const familyChance = 0.05;

/** How much more a figure may be, as a share: 0.1 is 10 %. */
export type Limits = Readonly<Record<CostFigure, number>>;

/** Fewer pairs than these say nothing of a figure. */
export const leastPairs = 10;

/** One figure of one strategy, compared over all pairs. */
export interface Comparison {
  readonly strategy: string;
  readonly figure: CostFigure;
  readonly status: Status;
  /** Only fails where it is far worse. */
  readonly advisory: boolean;
  readonly pairs: number;
  /** Medians of either side; null: not one pair says it. */
  readonly base: number | null;
  readonly head: number | null;
  /** Of head by base: the median, and the interval in which the true one is, Holm's correction included. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly limit: number;
}

const advisory: ReadonlySet<CostFigure> = new Set(['p99', 'time per message']);

interface Tested {
  readonly strategy: string;
  readonly figure: CostFigure;
  readonly ratios: readonly number[];
  readonly medians: Float64Array;
  readonly limit: number;
}

/**
 * A figure fails only if the whole interval of its median ratio lies beyond its limit. The figures of all strategies are one family: Holm's correction
 * makes their intervals wider the more there are. What no pair says is left out.
 */
export function comparedPairs(pairs: readonly Pair[], limitsOf: (strategy: string) => Limits, seed = 1): readonly Comparison[] {
  const tested = testedOf(pairs, limitsOf, seed);
  const steps = holm(
    tested.map(({ medians, limit }) => chanceWithin(medians, 1 + limit)),
    familyChance,
  );
  return tested.map((one, index) => comparisonOf(one, pairs, steps[index]?.share ?? familyChance));
}

function testedOf(pairs: readonly Pair[], limitsOf: (strategy: string) => Limits, seed: number): readonly Tested[] {
  const strategies = [...new Set(pairs.map(({ strategy }) => strategy))];
  const figures = Object.keys(comparedCosts) as CostFigure[];
  return strategies.flatMap((strategy) =>
    figures.flatMap((figure) => {
      const ratios = ratiosOf(pairsOf(pairs, strategy), figure);
      if (ratios.length === 0) return [];
      const medians = bootstrapMedians(ratios, randomOf(seed, 'gate', strategy, figure));
      return [{ strategy, figure, ratios, medians, limit: limitsOf(strategy)[figure] }];
    }),
  );
}

function comparisonOf({ strategy, figure, ratios, medians, limit }: Tested, pairs: readonly Pair[], tail: number): Comparison {
  const { low, high } = intervalOf(medians, tail);
  const status = ratios.length < leastPairs ? 'unknown' : low > 1 + limit ? 'fail' : 'pass';
  const [base, head] = (['base', 'head'] as const).map((side) => {
    const known = pairsOf(pairs, strategy).flatMap((pair) => comparedCosts[figure](pair[side]) ?? []);
    return known.length === 0 ? null : medianOf(known);
  });
  return {
    ...{ strategy, figure, status, advisory: advisory.has(figure), pairs: ratios.length, base: base ?? null, head: head ?? null },
    ...{ ratio: medianOf(ratios), low, high, confidence: 1 - 2 * tail, limit },
  };
}

function pairsOf(pairs: readonly Pair[], strategy: string): readonly Pair[] {
  return pairs.filter((pair) => pair.strategy === strategy);
}
