import { wordsOf } from '../../error.js';
import type { Figures } from '../../measure/exact.js';
import type { Measured } from '../../measure/result.js';
import type { Given } from '../../run/cast.js';
import { runLive } from '../../run/live.js';
import { type Contradiction, contradictions, gatedFigures } from '../../run/witnesses.js';
import { differencesFromBaseline, exactJudged } from '../../verdict/exactGate.js';
import type { ExactEntry } from '../../verdict/gate.js';
import { verdictOf } from '../../verdict/verdict.js';
import type { Stage } from '../oneRun.js';
import { anew } from '../planning.js';
import { showProgress } from '../progress.js';
import type { PlannedRun } from './exactPlans.js';

/** A run of the set as it was played: what of it is held against the baseline, and what others say of it. */
export interface Played {
  readonly measured: Measured;
  readonly figures: Figures;
  readonly contradictions: readonly Contradiction[];
  readonly seconds: number;
}

/** Plays a run once, and never again: what differs once is a finding. `title`: where it stands among all. */
export async function playExact({ plan }: PlannedRun, title: string, given: Given, { signal }: Stage): Promise<Played> {
  const shown = await showProgress(plan, { title, said: new Set(plan.changed), left: () => null });
  const beganMs = performance.now();
  try {
    const measured = await runLive(anew(plan), given, { signal, progress: shown.show, warn: shown.warn });
    return {
      measured,
      figures: await gatedFigures(measured),
      contradictions: await contradictions(measured),
      seconds: (performance.now() - beganMs) / 1000,
    };
  } finally {
    shown.stop();
  }
}

export function judgedExact({ name, why, plan }: PlannedRun, played: Played, baseline: Figures): ExactEntry {
  const { measured, figures, seconds } = played;
  const differences = [...differencesFromBaseline(figures, baseline), ...played.contradictions];
  return { name, why, command: plan.command, seconds, ...exactJudged(measured, verdictOf(measured), differences) };
}

/** A run that could not end says nothing of the code: nobody knows. */
export function unplayed({ name, why, plan }: PlannedRun, error: unknown): ExactEntry {
  return {
    name,
    why,
    command: plan.command,
    seconds: 0,
    status: 'unknown',
    reasons: [`it could not be played: ${wordsOf(error)}`],
    differences: [],
  };
}
