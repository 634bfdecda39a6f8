import type { Pair } from '../../verdict/pairs.js';
import type { Stage } from '../oneRun.js';
import { costOf, type Side } from './sides.js';
import { statisticalRun } from './statisticalSet.js';

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

/** Pair after pair, in each of them every strategy. What a run throws ends it all: what did not pass has no cost, and is not played again. */
export async function* playPairs(sides: Sides, strategies: readonly string[], pairs: number, stage: Stage): AsyncGenerator<Pair> {
  for (let number = 0; number < pairs; number++) {
    for (const strategy of strategies) {
      process.stderr.write(`[pair ${number + 1} of ${pairs}] ${strategy}\n`);
      yield await pairOf(sides, strategy, number % 2 === 0 ? 'base' : 'head', stage);
    }
  }
}

/** Both at once: whatever else the machine does meets them alike. One after the other, equal sides differed five times as much (docs/decisions/28). */
async function pairOf(sides: Sides, strategy: string, first: Pair['first'], stage: Stage): Promise<Pair> {
  const run = ['--strategy', strategy, ...statisticalRun];
  const second = first === 'base' ? 'head' : 'base';
  const [one, other] = await bothOf(costOf(sides[first], run, stage), costOf(sides[second], run, stage));
  return first === 'base' ? { strategy, first, base: one, head: other } : { strategy, first, base: other, head: one };
}

/** Nothing is under way any more when one of them fails. */
async function bothOf<T>(...two: readonly [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(two);
  return Promise.all(two);
}
