import { appendFile, rename, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { unavailable, wordsOf } from '../error.js';
import { gateJunit } from '../report/gateJunit.js';
import { gateMarkdown } from '../report/gateMarkdown.js';
import { renderGate } from '../report/terminal/gate.js';
import type { Given } from '../run/cast.js';
import type { ExactEntry, ExactLayer, GateRecord } from '../verdict/gate.js';
import { worstOf } from '../verdict/verdict.js';
import { updateCommand } from './baseline.js';
import { optionsOf, quoted } from './flag.js';
import { readBaseline } from './gate/baseline.js';
import { exactPlans, type PlannedRun } from './gate/exactPlans.js';
import { type GateFlags, gateFlags } from './gate/flags.js';
import { judgedExact, playExact, unplayed } from './gate/playExact.js';
import { guarded } from './guarded.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { screen } from './summary.js';

const examples = `
exact: every run of a fixed set is played once; each count of it must equal the baseline and the simulation and model of its plan, the ledger must
be clean and the equations must hold. Any machine, any load gives the same counts, so one difference is a finding; nothing is played twice.

Examples:
  bench gate
  bench gate --strategies ./mine.ts --baseline gate/baseline
  bench gate --junit gate.xml --markdown "$GITHUB_STEP_SUMMARY"

Exit codes: 0 pass; 1 a figure differs; 2 nobody can say; 64 wrong usage; 69 no baseline, or it cannot be used; 130 interrupted`;

export function gateCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('gate').description('say whether a change to the code changed what messages cost, for CI');
  for (const option of optionsOf(gateFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: GateFlags) => guarded(signal, (stage) => gate(flags, stage, outcome)));
}

async function gate(flags: GateFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const given = { brokers: null, store: null, controlPort: 0, guard: stage.guard };
  const exact = await exactLayer(flags, given, stage);
  const record: GateRecord = { schema: 1, status: exact.status, command: gateCommandAgain(flags), exact };
  outcome.code = exitCodes[record.status];
  process.stdout.write(flags.json === true ? `${JSON.stringify(record, null, 2)}\n` : renderGate(record, screen()));
  if (flags.junit !== undefined) await written(flags.junit, replace(flags.junit, gateJunit(record)));
  if (flags.markdown !== undefined) await written(flags.markdown, appendFile(flags.markdown, gateMarkdown(record)));
}

/** Whatever can be known to be wrong is said before anything is played. */
async function exactLayer({ baseline: folder, strategies }: GateFlags, given: Given, stage: Stage): Promise<ExactLayer> {
  const runs = await exactPlans(strategies ?? null, given);
  const baseline = await readBaseline(folder, runs, updateCommand({ baseline: folder, strategies }));
  const entries: ExactEntry[] = [];
  for (const [index, run] of runs.entries()) {
    const title = `[${index + 1} of ${runs.length}] ${run.name}`;
    entries.push(await entryOf(run, title, baseline.get(run.name) ?? new Map(), { given, stage }));
  }
  return { status: worstOf(entries.map(({ status }) => status)), baseline: folder, entries };
}

interface Setting {
  readonly given: Given;
  readonly stage: Stage;
}

async function entryOf(run: PlannedRun, title: string, baseline: ReadonlyMap<string, number | null>, { given, stage }: Setting) {
  try {
    return judgedExact(run, await playExact(run, title, given, stage), baseline);
  } catch (error) {
    stage.signal.throwIfAborted();
    return unplayed(run, error);
  }
}

function gateCommandAgain({ baseline, strategies }: GateFlags): string {
  const names = strategies === undefined ? [] : [`--strategies ${quoted(strategies.join(','))}`];
  return ['npx bench gate', ...names, `--baseline ${quoted(baseline)}`].join(' ');
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

async function written(file: string, work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    throw unavailable(`cannot write ${file} (${wordsOf(error)}); name another file`, error);
  });
}
