import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import type { Guard } from '../processes/guard.js';
import type { Language } from '../report/language.js';
import type { Given } from '../run/cast.js';
import { expectedOf } from '../run/expected.js';
import { runLive } from '../run/live.js';
import { runSimulated } from '../run/simulated.js';
import type { Progress } from '../run/watch.js';
import { verdictOf } from '../verdict/verdict.js';
import { type Among, showProgress } from './progress.js';
import { RunFolder } from './runFolder.js';
import { runnerOf } from './runner.js';

export interface Stage {
  readonly signal: AbortSignal;
  readonly guard: Guard;
  /** Of the reports; what a terminal shows is English. */
  readonly language?: Language | undefined;
}

/** Who follows a run besides the one line that is shown of it. */
export interface Followed {
  /** Told as soon as there is a result, before any of it is written. */
  measured?(result: Result): void;
  heed?(progress: Progress): void;
  readonly among?: Among | undefined;
}

/** A plan, run and kept in a folder that was taken for it. */
export async function runOne(path: string, plan: Plan, given: Given, stage: Stage, followed: Followed = {}): Promise<Result> {
  const folder = await RunFolder.begin(path, plan, stage.guard);
  const shown = await showProgress(plan, followed.among);
  const progress = (told: Progress) => {
    followed.heed?.(told);
    shown.show(told);
  };
  try {
    const watch = { signal: stage.signal, progress, warn: shown.warn };
    const facts = runnerOf(plan) === 'simulated' ? await runSimulated(plan, watch) : await runLive(plan, given, watch);
    const expected = await expectedOf(facts);
    const result: Result = { ...facts, ...(expected === undefined ? {} : { expected }), verdict: verdictOf(facts) };
    shown.stop();
    followed.measured?.(result);
    await folder.keep(result);
    for (const words of await folder.report(result, stage.language)) shown.warn(words);
    return result;
  } finally {
    shown.stop();
    await folder.discard();
  }
}
