import type { Measured } from '../../measure/result.js';
import type { Plan } from '../../plan/types.js';
import { assemble } from './assemble.js';
import { type Count, countOf } from './count.js';
import { follow } from './follow.js';
import { judgementOf, nobody, play, type Spectator, type Stage, setUp, stageOf } from './phases.js';
import type { Questions } from './questions.js';

export interface Simulation {
  readonly measured: Measured;
  /** Of the load alone. */
  readonly questions: Questions;
}

/** Plays a plan as a live run does, phase by phase, in virtual time. */
export async function simulate(plan: Plan, watch: Spectator = nobody): Promise<Simulation> {
  const stage = await stageOf(plan, watch);
  const startedAt = new Date().toISOString();
  const start = setUp(stage);
  const startMs = play(stage);
  return { measured: await conclude(stage, { startedAt, start, startMs }), questions: stage.town.questions };
}

async function conclude(
  stage: Stage,
  { startedAt, start, startMs }: { readonly startedAt: string; readonly start: Count; readonly startMs: number },
): Promise<Measured> {
  const { plan, strategy, town, leftOut } = stage;
  const { network } = town;
  const measured = await assemble({
    plan,
    strategy,
    town,
    devices: stage.workload.devices,
    network,
    startedAt,
    startMs,
    start,
    end: countOf(network),
    judgement: judgementOf(stage),
    leftOut,
  });
  return { ...measured, traces: follow(stage) };
}
