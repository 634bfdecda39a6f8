import type { Pair, SideCost } from '../../verdict/pairs.js';
import type { Stage } from '../oneRun.js';
import { costOf, type Side } from './sides.js';
import { statisticalRun } from './statisticalSet.js';

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

/** Pair after pair, in each of them every strategy: A B, B A, ... What a run throws ends it all: what did not pass has no cost, and is not played again. */
export async function* playPairs(sides: Sides, strategies: readonly string[], pairs: number, stage: Stage): AsyncGenerator<Pair> {
  for (let number = 0; number < pairs; number++) {
    for (const strategy of strategies) {
      process.stderr.write(`[pair ${number + 1} of ${pairs}] ${strategy}\n`);
      yield await pairOf(sides, strategy, number % 2 === 0 ? 'base' : 'head', stage);
    }
  }
}

async function pairOf(sides: Sides, strategy: string, first: Pair['first'], stage: Stage): Promise<Pair> {
  const run = ['--strategy', strategy, ...statisticalRun];
  const costs: Partial<Record<Pair['first'], SideCost>> = {};
  for (const side of first === 'base' ? (['base', 'head'] as const) : (['head', 'base'] as const))
    costs[side] = await costOf(sides[side], run, stage);
  const { base, head } = costs;
  if (base === undefined || head === undefined) throw new Error('a pair has two sides');
  return { strategy, first, base, head };
}
