import { resolve } from 'node:path';
import { wordsOf } from '../../error.js';
import { checkedStrategy } from '../../plan/strategies.js';
import { comparedPairs, leastPairs } from '../../verdict/costGate.js';
import type { StatisticalLayer } from '../../verdict/gate.js';
import type { Pair } from '../../verdict/pairs.js';
import { worstOf } from '../../verdict/verdict.js';
import type { Stage } from '../oneRun.js';
import { type ChosenLimits, chosenLimits, keepCalibration, leastAlike, usualCalibration } from './calibration.js';
import type { GateFlags } from './flags.js';
import { playPairs, type Sides } from './playPairs.js';
import { here } from './sides.js';
import { statisticalRun, statisticalStrategies } from './statisticalSet.js';
import { type Commit, commitOf, withBase } from './worktree.js';

/** What is compared with what, and by which limits. */
export interface StatisticalTask {
  readonly against: Commit;
  readonly strategies: readonly string[];
  readonly pairs: number;
  readonly limits: ChosenLimits;
}

export async function statisticalTask(flags: GateFlags, against: string, stage: Stage): Promise<StatisticalTask> {
  const strategies = await strategiesOf(flags);
  const pairs = flags.pairs ?? leastPairs;
  const limits = await chosenLimits(flags.calibration ?? usualCalibration, flags.calibration !== undefined, strategies, pairs);
  return { against: await commitOf(against, stage), strategies, pairs, limits };
}

async function strategiesOf({ strategies = statisticalStrategies }: GateFlags): Promise<readonly string[]> {
  for (const name of strategies) await checkedStrategy(name);
  return strategies;
}

export async function statisticalLayer(task: StatisticalTask, stage: Stage): Promise<StatisticalLayer> {
  let layer: StatisticalLayer | undefined;
  await withBase(task.against, stage, async (base) => {
    layer = await compared({ base, head: here('this folder') }, task, stage);
  });
  if (layer === undefined) throw new Error('the work with a base came to nothing');
  return layer;
}

async function compared(sides: Sides, { strategies, pairs, limits }: StatisticalTask, stage: Stage): Promise<StatisticalLayer> {
  const { played, why } = await playedPairs(sides, strategies, pairs, stage);
  const figures = comparedPairs(played, limits.of);
  return {
    status: worstOf([...figures.map(({ status }) => status), ...(why === null ? [] : (['unknown'] as const))]),
    reasons: why === null ? [] : [why],
    ...{ base: sides.base.words, head: sides.head.words, run: statisticalRun.join(' '), limits: limits.words },
    ...{ figures, pairs: played },
  };
}

/** Nothing is played twice: where a run does not pass, what was played until then is all there is. */
async function playedPairs(sides: Sides, strategies: readonly string[], pairs: number, stage: Stage) {
  const played: Pair[] = [];
  try {
    for await (const pair of playPairs(sides, strategies, pairs, stage)) played.push(pair);
    return { played, why: null };
  } catch (error) {
    stage.signal.throwIfAborted();
    return { played, why: wordsOf(error) };
  }
}

/** This program against itself. */
export async function calibrate(flags: GateFlags, stage: Stage): Promise<void> {
  const strategies = await strategiesOf(flags);
  const head = here('this folder');
  const pairs: Pair[] = [];
  for await (const pair of playPairs({ base: head, head }, strategies, flags.pairs ?? leastAlike, stage)) pairs.push(pair);
  const file = flags.calibration ?? usualCalibration;
  await keepCalibration(file, pairs);
  const { of } = await chosenLimits(file, true, strategies, leastPairs);
  for (const strategy of strategies) {
    const { system, node, broker } = of(strategy);
    const words = Object.entries({ system, node, broker }).map(([figure, limit]) => `${figure} ${(100 * limit).toFixed(1)} %`);
    process.stdout.write(`${strategy}: limits for ${leastPairs} pairs: ${words.join(', ')}\n`);
  }
  process.stdout.write(`kept in ${resolve(file)}\n`);
}
