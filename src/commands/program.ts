import { Command } from 'commander';
import { benchVersion } from '../run/environment.js';
import { calibrateCommand } from './calibrate.js';
import { capacityCommand } from './capacity.js';
import { checkCommand } from './check.js';
import { compareCommand } from './compare.js';
import { doctorCommand } from './doctor.js';
import { listCommand } from './list.js';
import type { Outcome } from './outcome.js';
import { planCommand } from './plan.js';
import { predictCommand } from './predict.js';
import { reportCommand } from './report.js';
import { resizeCommand } from './resize.js';
import { runCommand } from './run.js';
import { sweepCommand } from './sweep.js';

export async function programOf(signal: AbortSignal, outcome: Outcome): Promise<Command> {
  const program = new Command('bench')
    .description(
      'Measures what each way of routing chat messages between servers costs every node and every broker, and says exactly what was lost.',
    )
    .version(await benchVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `
Examples:
  bench run --strategy hashed
  bench run --strategy single-channel --nodes 8 --users 1000 --rate 2000 --duration 10s
  bench compare --strategies all
  bench check ./mine.ts
  bench predict --strategies all --nodes 10000 --brokers 100 --users 1e9
  bench list
  bench doctor

Exit codes: 0 pass, 1 fail, 2 unknown, 64 wrong usage, 69 cannot run, 70 bug, 130 interrupted`,
    );
  for (const command of [
    runCommand(signal, outcome),
    compareCommand(signal, outcome),
    sweepCommand(signal, outcome),
    capacityCommand(signal, outcome),
    checkCommand(signal, outcome),
    predictCommand(),
    calibrateCommand(),
    planCommand(),
    resizeCommand(signal),
    listCommand(),
    reportCommand(),
    doctorCommand(),
  ]) {
    program.addCommand(command.exitOverride().showSuggestionAfterError());
  }
  return program;
}
