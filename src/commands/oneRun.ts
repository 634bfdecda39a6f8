import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import type { Guard } from '../processes/guard.js';
import type { Given } from '../run/cast.js';
import { runLive } from '../run/live.js';
import { runSimulated } from '../run/simulated.js';
import { verdictOf } from '../verdict/verdict.js';
import { showProgress } from './progress.js';
import { RunFolder } from './runFolder.js';
import { runnerOf } from './runner.js';

export interface Stage {
  readonly signal: AbortSignal;
  readonly guard: Guard;
}

/** A plan, run and kept in a folder that was taken for it. Tells as soon as there is a result, before any of it is written. */
export async function runOne(
  path: string,
  plan: Plan,
  given: Given,
  stage: Stage,
  measured: (result: Result) => void = () => {},
): Promise<Result> {
  const folder = await RunFolder.begin(path, plan, stage.guard);
  const progress = await showProgress(plan);
  try {
    const watch = { signal: stage.signal, progress: progress.show, warn: progress.warn };
    const facts = runnerOf(plan) === 'simulated' ? await runSimulated(plan, watch) : await runLive(plan, given, watch);
    const result: Result = { ...facts, verdict: verdictOf(facts) };
    progress.stop();
    measured(result);
    await folder.keep(result);
    for (const words of await folder.report(result)) progress.warn(words);
    return result;
  } finally {
    progress.stop();
    await folder.discard();
  }
}
