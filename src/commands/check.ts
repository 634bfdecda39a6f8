import { setImmediate } from 'node:timers/promises';
import { Command, Option } from 'commander';
import ora from 'ora';
import { candidate } from '../plan/strategies.js';
import { plural, whole } from '../report/numbers.js';
import { trials } from '../routing/contract.js';
import { quoted } from './flag.js';
import { exitCodes, type Outcome } from './outcome.js';
import { wholeNumber } from './parsers.js';

interface CheckFlags {
  readonly topologies: number;
  readonly seed: number;
  readonly json?: true;
}

/** What came of it; printed as it is for a machine. */
interface Checked extends Pick<CheckFlags, 'topologies' | 'seed'> {
  readonly strategy: string;
  readonly file: string | null;
  readonly holds: boolean;
  /** Topologies that were tried: it ends with the first that shows something wrong. */
  readonly tried: number;
  readonly violations: readonly string[];
}

const examples = `
Examples:
  bench check ./mine.ts
  bench check ./mine.ts --topologies 3000 --seed 7
  bench check hashed --json

The contract: on random topologies, for every draw, every node that wants a topic gets exactly one copy of a message for it, also while nodes
and brokers come and go; answers depend on nothing but the arguments; clocks, timers and randomness of its own throw. No server is needed.

Exit codes: 0 it holds, 1 it does not, 64 there is no such strategy, or the file is none`;

export function checkCommand(signal: AbortSignal, outcome: Outcome): Command {
  return new Command('check')
    .description('hold a strategy, of bench or your own, to the contract of all strategies')
    .argument('<name|file>', 'one of `bench list`, or a .ts or .js file of your own')
    .addOption(new Option('--topologies <n>', 'random topologies to try it on').argParser(wholeNumber(1)).default(300))
    .addOption(new Option('--seed <n>', 'the same seed gives the same topologies').argParser(wholeNumber(0)).default(1))
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (asked: string, flags: CheckFlags) => {
      const checked = await check(asked, flags, signal);
      outcome.code = checked.holds ? exitCodes.pass : exitCodes.fail;
      process.stdout.write(flags.json ? `${JSON.stringify(checked, null, 2)}\n` : inWords(checked, asked));
    });
}

async function check(asked: string, { topologies, seed }: CheckFlags, signal: AbortSignal): Promise<Checked> {
  const { strategy, twin, file } = await candidate(asked);
  const progress = progressOf(strategy.name, topologies);
  let tried = 0;
  let violations: readonly string[] = [];
  try {
    for (violations of trials(strategy, { topologies, seed, twin })) {
      progress.show(++tried);
      if (violations.length > 0) break;
      // A topology takes milliseconds; in between Ctrl-C is heard and the line redrawn.
      await setImmediate(undefined, { signal });
    }
  } finally {
    progress.stop();
  }
  return { strategy: strategy.name, file, topologies, seed, holds: violations.length === 0, tried, violations };
}

/** One line on a terminal, nothing elsewhere: it takes seconds. */
function progressOf(name: string, topologies: number): { show(tried: number): void; stop(): void } {
  if (!process.stderr.isTTY || process.stderr.columns === 0) return { show: () => {}, stop: () => {} };
  const spinner = ora({ stream: process.stderr, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start(name);
  return {
    show: (tried) => {
      spinner.text = `${name}: ${tried} of ${topologies} topologies`;
    },
    stop: () => spinner.stop(),
  };
}

function inWords({ strategy, topologies, seed, holds, tried, violations }: Checked, asked: string): string {
  if (holds)
    return `${strategy} holds the contract of a strategy on ${plural(tried, 'random topology', 'random topologies')} (seed ${seed})\n`;
  return [
    `${strategy} does not hold the contract of a strategy; topology ${whole(tried)}, from the small to the large, is the first that shows it:`,
    ...violations.map((words) => `  ${words}`),
    `again: npx bench check ${quoted(asked)} --topologies ${topologies} --seed ${seed}`,
    '',
  ].join('\n');
}
