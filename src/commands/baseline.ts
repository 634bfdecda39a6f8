import { Command } from 'commander';
import { unavailable } from '../error.js';
import type { Figures } from '../measure/exact.js';
import { optionsOf } from './flag.js';
import { writeBaseline } from './gate/baseline.js';
import { exactPlans, type PlannedRun } from './gate/exactPlans.js';
import { type BaselineFlags, baselineFlags } from './gate/flags.js';
import { judgedExact, type Played, playExact } from './gate/playExact.js';
import { guarded } from './guarded.js';
import type { Stage } from './oneRun.js';

const examples = `
The runs are those of bench gate. Each must pass and agree with the simulation and the model, else nothing is written. The same code gives the
same bytes, on any machine: commit the folder, and read its diff when you write it anew.

Examples:
  bench baseline update
  bench baseline update --strategies ./mine.ts --baseline gate/baseline`;

export function baselineCommand(signal: AbortSignal): Command {
  const update = new Command('update').description('play the runs of the exact layer and write their figures');
  for (const option of optionsOf(baselineFlags)) update.addOption(option);
  update.addHelpText('after', examples).action((flags: BaselineFlags) => guarded(signal, (stage) => updateBaseline(flags, stage)));
  update.exitOverride().showSuggestionAfterError();
  return new Command('baseline').description('write the figures that `bench gate` holds every later run to').addCommand(update);
}

async function updateBaseline({ baseline, strategies }: BaselineFlags, stage: Stage): Promise<void> {
  const given = { brokers: null, store: null, controlPort: 0, guard: stage.guard };
  const runs = await exactPlans(strategies ?? null, given);
  const figures = new Map<PlannedRun, Figures>();
  for (const [index, run] of runs.entries()) {
    const played = await playExact(run, `[${index + 1} of ${runs.length}] ${run.name}`, given, stage);
    checkSound(run, played);
    figures.set(run, played.figures);
  }
  stage.signal.throwIfAborted();
  await writeBaseline(baseline, figures);
  process.stdout.write(`${runs.length} runs: their figures are in ${baseline}\n`);
}

/** What is wrong today must not be what is right tomorrow. */
function checkSound(run: PlannedRun, played: Played): void {
  const { status, reasons, differences } = judgedExact(run, played, played.figures);
  if (status === 'pass') return;
  const words = [...reasons, ...differences.map(({ figure, live, expected, by }) => `${figure}: ${live} live, ${expected} by the ${by}`)];
  throw unavailable(
    `[${run.name}] is no baseline: ${words.slice(0, 3).join('; ')}; mend it first, it is played again by: ${run.plan.command}`,
  );
}
