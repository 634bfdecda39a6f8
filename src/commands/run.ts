import { Command } from 'commander';
import { usage } from '../error.js';
import type { Result } from '../measure/result.js';
import { optionsOf } from './flag.js';
import { givenBy } from './given.js';
import { guarded } from './guarded.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { prepare } from './planning.js';
import { pointLatest, takeFolder } from './resultsFolder.js';
import { type RunFlags, runFlags } from './runFlags.js';
import { heeded } from './runner.js';
import { printResult } from './summary.js';

export function runCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('run').description('run a strategy, or several, under load and judge it');
  for (const option of optionsOf(runFlags)) command.addOption(option);
  return command
    .addHelpText('after', examples)
    .action((flags: RunFlags) => guarded(signal, (stage) => run(heeded(flags), stage, outcome), flags.lang));
}

const examples = `
Examples:
  bench run --strategy hashed
  bench run --strategy grouped --brokers 4 --option groups=2 --scenario rooms --rooms topic
  bench run --strategy ./mine.ts --nodes 4 --brokers 3 --users 400 --rate 1000 --duration 10s --seed 7
  bench run --strategy hashed --redis redis://10.0.0.1:6379,redis://10.0.0.2:6379 --json > result.json
  bench run --strategies all --scenario rooms --rooms topic
  bench run --strategy hashed --runner simulated --nodes 1000 --brokers 100 --users 100000 --rate 10000 --duration 10s
  bench run --strategies all --runner simulated --hop-latency lognormal:0.2ms,0.5

A URL with a password is better given as BENCH_REDIS or BENCH_STORE than as a flag: others can read the flags of a process.`;

async function run(flags: RunFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const { strategy, strategies } = flags;
  if (strategy !== undefined && strategies !== undefined) throw usage('--strategy and --strategies exclude each other: give one of them');
  if (strategies !== undefined) {
    const { compareStrategies } = await import('./compare.js');
    return compareStrategies({ asked: strategies, flags, rounds: 1, command: 'run' }, stage, outcome);
  }
  if (strategy === undefined) throw usage("required option '--strategy <name|file>' is missing; or --strategies all, to compare");
  return single(strategy, flags, stage, outcome);
}

async function single(strategy: string, flags: RunFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const given = givenBy(flags, stage.guard);
  const { plan } = await prepare(strategy, flags, given);
  // Most of what a run loads, and of no use to a wrong flag.
  const { runOne } = await import('./oneRun.js');
  const folder = await takeFolder(flags.out, `${plan.strategy.name}-${plan.scenario}`, stage.guard);
  let measured: Result | undefined;
  try {
    await runOne(folder, plan, given, stage, {
      measured: (result) => {
        measured = result;
        outcome.code = exitCodes[result.verdict.status];
      },
    });
  } finally {
    // Also when it could not be written: it was measured.
    if (measured !== undefined) printResult(measured, { json: flags.json === true, folder });
  }
  if (flags.out === undefined) await pointLatest(folder);
}
