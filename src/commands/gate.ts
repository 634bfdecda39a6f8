import { appendFile, rename, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import { gateJunit } from '../report/gateJunit.js';
import { gateMarkdown } from '../report/gateMarkdown.js';
import { renderGate } from '../report/terminal/gate.js';
import type { GateRecord } from '../verdict/gate.js';
import { worstOf } from '../verdict/verdict.js';
import { optionsOf, quoted } from './flag.js';
import { exactLayer, exactTask } from './gate/exactLayer.js';
import { type GateFlags, gateFlags } from './gate/flags.js';
import { calibrate, statisticalLayer, statisticalTask } from './gate/statisticalLayer.js';
import { strategiesAgain } from './gate/updateCommand.js';
import { guarded } from './guarded.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { screen } from './summary.js';

const examples = `
exact: every run of a fixed set is played once; each count of it must equal the baseline and the simulation and model of its plan, the ledger must
be clean and the equations must hold. Any machine, any load gives the same counts, so one difference is a finding; nothing is played twice.

statistical: CPU per delivered message of nodes and brokers. The other commit is built in a worktree of its own, and the two are
played at the same time, pair after pair. A figure fails only if the whole interval of its median ratio lies beyond its limit, over all figures at
once (bootstrap, Holm's correction). A limit is what the median of equal programs exceeds once in 1,000 gates, at least 3 %: as bench gate --calibrate has measured on this machine, or by the
scatter of the gate's own pairs if that is more. Time is shown and fails only where it is far worse.

Examples:
  bench gate
  bench gate --against origin/main
  bench gate --layer statistical --against HEAD~1 --pairs 20
  bench gate --strategies ./mine.ts --baseline gate/baseline --against origin/main
  bench gate --calibrate
  bench gate --junit gate.xml --markdown "$GITHUB_STEP_SUMMARY"

Exit codes: 0 pass; 1 a figure differs or is beyond its limit; 2 nobody can say; 64 wrong usage; 69 no baseline or base, or it cannot be used;
130 interrupted`;

export function gateCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('gate').description('say whether a change to the code changed what messages cost, for CI');
  for (const option of optionsOf(gateFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: GateFlags) =>
    guarded(signal, (stage) => {
      checkFlags(flags);
      return flags.calibrate === true ? calibrate(flags, stage) : gate(flags, stage, outcome);
    }),
  );
}

function checkFlags({ layer, against, pairs, calibration, calibrate }: GateFlags): void {
  if (calibrate === true && (against ?? layer) !== undefined)
    throw usage('--calibrate plays this commit against itself: leave --against and --layer out');
  if (layer === 'statistical' && against === undefined)
    throw usage('--layer statistical needs --against <ref>: the commit that this one is compared with');
  if (layer === 'exact' && against !== undefined) throw usage('--against is for the statistical layer: leave it out, or --layer exact');
  if (against === undefined && calibrate === undefined && (pairs ?? calibration) !== undefined)
    throw usage('--pairs and --calibration are for the statistical layer: give --against <ref> too');
}

/** Whatever can be known to be wrong is said before anything is played; the layer that is cheap and sure goes first. */
async function gate(flags: GateFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const given = { brokers: null, store: null, controlPort: 0, guard: stage.guard };
  const tasks = {
    exact: flags.layer === 'statistical' ? null : await exactTask(flags, given),
    statistical: flags.against === undefined ? null : await statisticalTask(flags, flags.against, stage),
  };
  const exact = tasks.exact === null ? null : await exactLayer(tasks.exact, { given, stage });
  const statistical = tasks.statistical === null ? null : await statisticalLayer(tasks.statistical, stage);
  const status = worstOf([exact, statistical].flatMap((layer) => layer?.status ?? []));
  outcome.code = exitCodes[status];
  await publish({ schema: 1, status, command: gateCommandAgain(flags), exact, statistical }, flags);
}

async function publish(record: GateRecord, { json, junit, markdown }: GateFlags): Promise<void> {
  process.stdout.write(json === true ? `${JSON.stringify(record, null, 2)}\n` : renderGate(record, screen()));
  if (junit !== undefined) await written(junit, replace(junit, gateJunit(record)));
  if (markdown !== undefined) await written(markdown, appendFile(markdown, gateMarkdown(record)));
}

function gateCommandAgain({ baseline, strategies, layer, against, pairs }: GateFlags): string {
  const flags = { baseline, layer, against, pairs };
  const given = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(String(value))}`]));
  return ['npx bench gate', ...strategiesAgain(strategies), ...given].join(' ');
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
