import { Command } from 'commander';
import { benchVersion } from '../run/environment.js';
import type { Outcome } from './outcome.js';

type Load = (signal: AbortSignal, outcome: Outcome) => Promise<Command>;

/** Each by the word that asks for it. Only that one is loaded: a command pays for no other. */
const commands: Readonly<Record<string, Load>> = {
  run: async (signal, outcome) => (await import('./run.js')).runCommand(signal, outcome),
  compare: async (signal, outcome) => (await import('./compare.js')).compareCommand(signal, outcome),
  sweep: async (signal, outcome) => (await import('./sweep.js')).sweepCommand(signal, outcome),
  capacity: async (signal, outcome) => (await import('./capacity.js')).capacityCommand(signal, outcome),
  claims: async (signal, outcome) => (await import('./claims.js')).claimsCommand(signal, outcome),
  gate: async (signal, outcome) => (await import('./gate.js')).gateCommand(signal, outcome),
  baseline: async (signal) => (await import('./baseline.js')).baselineCommand(signal),
  check: async (signal, outcome) => (await import('./check.js')).checkCommand(signal, outcome),
  predict: async (signal) => (await import('./predict.js')).predictCommand(signal),
  calibrate: async () => (await import('./calibrate.js')).calibrateCommand(),
  plan: async (signal) => (await import('./plan.js')).planCommand(signal),
  resize: async (signal) => (await import('./resize.js')).resizeCommand(signal),
  list: async () => (await import('./list.js')).listCommand(),
  report: async () => (await import('./report.js')).reportCommand(),
  serve: async (signal, outcome) => (await import('./serve.js')).serveCommand(signal, outcome),
  doctor: async () => (await import('./doctor.js')).doctorCommand(),
};

/** The program for these words. Help, and the near miss of an unknown word, need all commands. */
export async function programOf([asked = '']: readonly string[], signal: AbortSignal, outcome: Outcome): Promise<Command> {
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
  bench claims
  bench check ./mine.ts
  bench predict --strategies all --nodes 10000 --brokers 100 --users 1e9
  bench list
  bench doctor

Exit codes: 0 pass, 1 fail, 2 unknown, 64 wrong usage, 69 cannot run, 70 bug, 130 interrupted`,
    );
  const all = Object.entries(commands);
  const exact = all.filter(([word]) => word === asked);
  for (const [, load] of exact.length > 0 ? exact : all)
    program.addCommand((await load(signal, outcome)).exitOverride().showSuggestionAfterError());
  return program;
}
