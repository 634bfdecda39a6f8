import { basename } from 'node:path';
import { BenchError, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import { type Comparison, comparedOf } from '../report/comparison.js';
import { rateInWords } from '../report/describe.js';
import { rowTraffic } from '../report/rowTraffic.js';
import type { Given } from '../run/cast.js';
import { ComparisonFolder } from './comparisonFolder.js';
import { givenBy } from './given.js';
import { type LineUp, lineUp } from './lineUp.js';
import { runOne, type Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { comparisonCommand } from './repeat.js';
import { pointLatest } from './resultsFolder.js';
import type { RunFlags } from './runFlags.js';
import { runnerOf } from './runner.js';
import { printComparison } from './summary.js';

/** Exit codes from the harmless to the worst: a run that could not end weighs more than one that failed. */
const severity: readonly number[] = [exitCodes.pass, exitCodes.unknown, exitCodes.fail, 69, 70];

/** How a run ended: with a result, or with the words of what stopped it. */
type Ended = { readonly code: number } & ({ readonly result: Result } | { readonly why: string });

/** Several strategies under one load, one after the other. What cannot run is named and left out; what fails does not stop the rest. */
export async function compare(asked: string, flags: RunFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const given = givenBy(flags, stage.guard);
  const line = await lineUp(asked, flags, given);
  for (const { strategy, why } of line.leftOut) process.stderr.write(`left out: ${strategy}: ${why}\n`);
  const folder = await ComparisonFolder.take(flags.out, stage.guard);
  const results: Result[] = [];
  let comparison = beforeAll(asked, flags, line);
  try {
    for (const [index, { plan }] of line.prepared.entries()) {
      process.stderr.write(`[${index + 1} of ${line.prepared.length}] ${plan.strategy.name}\n`);
      const place = await folder.place(plan.strategy.name);
      const ended = await attempt(place, plan, given, stage);
      if ('result' in ended) results.push(ended.result);
      comparison = await withOne(comparison, plan, basename(place), ended);
      outcome.code = worse(outcome.code, ended.code);
      await folder.keep(comparison);
      outcome.kept = folder.path;
    }
    for (const words of await folder.report(comparison)) process.stderr.write(`warning: ${words}\n`);
    if (flags.out === undefined) await pointLatest(folder.path);
  } finally {
    await folder.discard();
  }
  printComparison(comparison, results, { json: flags.json === true, folder: folder.path });
}

function beforeAll(asked: string, flags: RunFlags, { prepared, leftOut }: LineUp): Comparison {
  const [first] = prepared;
  if (first === undefined) throw new BenchError('bug', '[comparison] begins without a strategy');
  return {
    schema: 1,
    startedAt: new Date().toISOString(),
    command: comparisonCommand(asked, flags.option, first.asked),
    scenario: first.plan.scenario,
    rooms: first.asked.rooms,
    seed: first.plan.seed,
    source: runnerOf(first.plan),
    rate: rateInWords({ plan: first.plan, source: runnerOf(first.plan) }),
    commit: null,
    machine: null,
    runs: [],
    leftOut,
    failed: [],
  };
}

/** Only an interruption stops the rest. */
async function attempt(folder: string, plan: Plan, given: Given, stage: Stage): Promise<Ended> {
  try {
    const result = await runOne(folder, plan, given, stage);
    return { result, code: exitCodes[result.verdict.status] };
  } catch (error) {
    if (stage.signal.aborted) throw error;
    process.stderr.write(`${plan.strategy.name}: ${wordsOf(error)}\n`);
    return { why: wordsOf(error), code: error instanceof BenchError && error.fault !== 'bug' ? 69 : 70 };
  }
}

async function withOne(comparison: Comparison, plan: Plan, folder: string, ended: Ended): Promise<Comparison> {
  if (!('result' in ended)) return { ...comparison, failed: [...comparison.failed, { strategy: plan.strategy.name, why: ended.why }] };
  const { environment } = ended.result;
  return {
    ...comparison,
    commit: environment.commit,
    machine: `${environment.platform}, ${environment.cores} cores (${environment.cpus}), Node.js ${environment.node}`,
    runs: [...comparison.runs, comparedOf(ended.result, { folder, row: await rowTraffic(plan) })],
  };
}

function worse(one: number, other: number): number {
  return severity.indexOf(other) > severity.indexOf(one) ? other : one;
}
