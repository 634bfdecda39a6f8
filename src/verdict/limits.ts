import { randomOf } from '../plan/random.js';
import { bootstrapMedians, medianOf } from './bootstrap.js';
import { type CostFigure, comparedCosts, type Pair, ratiosOf } from './pairs.js';

/** How much more a figure may be, as a share: 0.1 is 10 %. */
export type Limits = Readonly<Record<CostFigure, number>>;

/** A median of equal sides is so rarely beyond the limit; that the whole interval is beyond it is rarer still. */
const alarmChance = 0.001;
const resamples = 5_000;

/** Less is no finding, however quiet a machine is; of what is shown and otherwise not judged, only what is far worse: twice as late, a quarter slower. */
export const leastLimits: Limits = { system: 0.03, node: 0.03, broker: 0.03, p99: 1, 'time per message': 0.25 };

/** The limits of a machine, from pairs of one program against itself that were played there. */
export function limitsFrom(alike: readonly Pair[], pairs: number): Limits {
  const figures = Object.keys(comparedCosts) as CostFigure[];
  const limits = figures.map((figure) => [figure, Math.max(leastLimits[figure], chanceExcess(ratiosOf(alike, figure), pairs))]);
  return Object.fromEntries(limits) as Limits;
}

/** What the pairs of a gate say themselves of how noisy the machine was, whatever head costs: as if their median was that of equal sides. */
export function ownExcess(ratios: readonly number[]): number {
  const median = medianOf(ratios);
  return chanceExcess(
    ratios.map((ratio) => ratio / median),
    ratios.length,
  );
}

/**
 * What the median of so many pairs of equal sides exceeds once in 1,000 gates. Which of two equal sides is base is a matter of chance too, so each pair
 * counts both ways.
 */
function chanceExcess(ratios: readonly number[], size: number): number {
  if (ratios.length === 0) return 0;
  const both = ratios.flatMap((ratio) => [ratio, 1 / ratio]);
  const medians = bootstrapMedians(both, randomOf(1, 'limits'), { size, resamples });
  return (medians[Math.ceil((1 - alarmChance) * medians.length) - 1] ?? 1) - 1;
}
