import { randomOf } from '../plan/random.js';
import { bootstrapMedians } from './bootstrap.js';
import type { Limits } from './costGate.js';
import { type CostFigure, comparedCosts, type Pair, ratiosOf } from './pairs.js';

/** A median of equal sides is so rarely beyond the limit; that the whole interval is beyond it is rarer still. */
const alarmChance = 0.001;
/** Less is no finding, however quiet a machine is. */
const leastLimit = 0.03;

/** What is far worse, of what is shown and otherwise not judged: twice as late, a quarter more time for each message. */
const farWorse = { p99: 1, 'time per message': 0.25 } as const;

/**
 * The limits of a machine, from pairs of one program against itself that were played there: what the median of so many pairs exceeds by chance once
 * in a thousand gates, either way.
 */
export function limitsFrom(alike: readonly Pair[], pairs: number): Limits {
  const judged = (figure: CostFigure) => Math.max(leastLimit, chanceExcess(ratiosOf(alike, figure), pairs));
  const figures = Object.keys(comparedCosts) as CostFigure[];
  return { ...(Object.fromEntries(figures.map((figure) => [figure, judged(figure)])) as Record<CostFigure, number>), ...farWorse };
}

/** Which of two equal sides is base is a matter of chance too, so each pair counts both ways. */
function chanceExcess(ratios: readonly number[], size: number): number {
  if (ratios.length === 0) return 0;
  const both = ratios.flatMap((ratio) => [ratio, 1 / ratio]);
  const medians = bootstrapMedians(both, randomOf(1, 'limits'), { size, resamples: 20_000 });
  return (medians[Math.ceil((1 - alarmChance) * medians.length) - 1] ?? 1) - 1;
}
