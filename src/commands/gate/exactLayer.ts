import type { Figures } from '../../measure/exact.js';
import type { Given } from '../../run/cast.js';
import type { ExactEntry, ExactLayer } from '../../verdict/gate.js';
import { worstOf } from '../../verdict/verdict.js';
import type { Stage } from '../oneRun.js';
import { readBaseline } from './baseline.js';
import { exactPlans, type PlannedRun } from './exactPlans.js';
import type { BaselineFlags } from './flags.js';
import { judgedExact, playExact, unplayed } from './playExact.js';
import { updateCommand } from './updateCommand.js';

interface Setting {
  readonly given: Given;
  readonly stage: Stage;
}

/** The runs and what each is held to. Whatever can be known to be wrong with them is said before anything is played. */
export interface ExactTask {
  readonly folder: string;
  readonly runs: readonly PlannedRun[];
  readonly baseline: ReadonlyMap<string, Figures>;
}

export async function exactTask(flags: BaselineFlags, given: Given): Promise<ExactTask> {
  const runs = await exactPlans(flags.strategies ?? null, given);
  return { folder: flags.baseline, runs, baseline: await readBaseline(flags.baseline, runs, updateCommand(flags)) };
}

export async function exactLayer({ folder, runs, baseline }: ExactTask, setting: Setting): Promise<ExactLayer> {
  const entries: ExactEntry[] = [];
  for (const [index, run] of runs.entries())
    entries.push(await entryOf(run, `[${index + 1} of ${runs.length}] ${run.name}`, baseline.get(run.name) ?? new Map(), setting));
  return { status: worstOf(entries.map(({ status }) => status)), baseline: folder, entries };
}

async function entryOf(run: PlannedRun, title: string, baseline: Figures, { given, stage }: Setting): Promise<ExactEntry> {
  try {
    return judgedExact(run, await playExact(run, title, given, stage), baseline);
  } catch (error) {
    stage.signal.throwIfAborted();
    return unplayed(run, error);
  }
}
