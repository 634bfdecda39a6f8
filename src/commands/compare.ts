import { Command } from 'commander';
import { BenchError, usage } from '../error.js';
import { differences, type Figures } from '../measure/exact.js';
import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import { type Comparison, comparedOf, comparisonText, withRound } from '../report/comparison.js';
import { formatted } from '../report/formats.js';
import { outlookRowOf } from '../report/prospect.js';
import { rowTraffic } from '../report/rowTraffic.js';
import { whereOf } from '../report/series.js';
import { repeatableFigures } from '../run/repeatable.js';
import { asRun, type CompareFlags, compareFlags } from './compareFlags.js';
import { isAdapter } from './controls.js';
import { optionsOf } from './flag.js';
import { givenBy } from './given.js';
import { guarded } from './guarded.js';
import { type LineUp, lineUp, withControls } from './lineUp.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { anew, type Prepared } from './planning.js';
import { severalCommand } from './repeat.js';
import type { RunFlags } from './runFlags.js';
import { heeded } from './runner.js';
import { type Ended, Series } from './series.js';
import { headOf, titled } from './seriesHead.js';
import { printComparison } from './summary.js';

const examples = `
Each strategy gets the same messages. With an official adapter among them single-channel is added, which routes like the classic one on the
code of bench: what differs between these two is implementation, and what differs between single-channel and any other is routing.

Examples:
  bench compare --strategies single-channel,redis-broadcast,user-channels,grouped,hashed --nodes 4 --brokers 4
  bench compare --strategies all --scenario rooms --rooms topic
  bench compare --strategies hashed,node-inbox,./mine.ts --nodes 4 --users 1000 --rate 5000 --duration 10s --rounds 6
  bench compare --strategies all --runner simulated --nodes 100 --brokers 10 --users 10000 --json > comparison.json`;

export function compareCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('compare').description(
    'run several strategies with the same messages, in rounds that take turns, and compare them',
  );
  for (const option of optionsOf(compareFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: CompareFlags) =>
    guarded(
      signal,
      (stage) => {
        const { strategies: asked, rounds } = flags;
        if (asked === undefined) throw usage("required option '--strategies <names>' is missing: names separated by commas, or all");
        return compareStrategies({ asked, flags: heeded(asRun(flags)), rounds, command: 'compare' }, stage, outcome);
      },
      flags.lang,
    ),
  );
}

/** `run` runs what is named, once; `compare` is to be fair, with controls and in rounds. */
interface Compared {
  readonly asked: string;
  readonly flags: RunFlags;
  readonly rounds: number;
  readonly command: 'run' | 'compare';
}

/** What cannot run is named and left out; what fails does not stop the rest. */
export async function compareStrategies({ asked, flags, rounds, command }: Compared, stage: Stage, outcome: Outcome): Promise<void> {
  const given = givenBy(flags, stage.guard);
  const named = await lineUp(asked, flags, given);
  const line = command === 'run' ? named : await withControls(named, flags, given);
  for (const { strategy, why } of line.added) process.stderr.write(`added: ${strategy}: ${why}\n`);
  for (const { strategy, why } of line.leftOut) process.stderr.write(`left out: ${strategy}: ${why}\n`);
  const beyond = { more: command === 'run' ? [] : [`--rounds ${rounds}`] };
  let comparison = beforeAll(line, (first) => severalCommand(command, { names: asked, options: flags.option }, first.asked, beyond));
  const series = await Series.play({ name: 'comparison', out: flags.out, given, stage, outcome }, async (all) => {
    const firsts = new Map<string, Figures>();
    for (const turn of turnsOf(line.prepared, rounds)) {
      const ended = await all.run(turn);
      comparison = await withOne(comparison, turn, ended, firsts);
      await all.keep(comparisonText(comparison), codeOf(comparison, turn.plan, ended));
    }
    await all.report(await formatted('html', { kind: 'comparison', record: comparison }, stage.language));
  });
  printComparison(comparison, series.results, { json: flags.json === true, folder: series.path });
}

interface Turn {
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly round: number;
  readonly name: string;
}

/** A B C, C B A, A B C, ...: what changes steadily on the machine meets first and last alike. */
function turnsOf(prepared: readonly Prepared[], rounds: number) {
  const turns = Array.from({ length: rounds }, (_, index): readonly Turn[] => {
    const order = index % 2 === 0 ? prepared : [...prepared].reverse();
    return order.map((one) => turnOf(one, index + 1, rounds));
  });
  return titled(turns.flat(), ({ plan, round }) => `${plan.strategy.name}${rounds === 1 ? '' : `, round ${round}`}`);
}

function turnOf(prepared: Prepared, round: number, rounds: number): Turn {
  const { name } = prepared.plan.strategy;
  return { prepared, plan: anew(prepared.plan), round, name: rounds === 1 ? name : `${name}-round-${round}` };
}

function beforeAll({ prepared, leftOut, added }: LineUp, commandOf: (first: Prepared) => string): Comparison {
  const [first] = prepared;
  if (first === undefined) throw new BenchError('bug', '[comparison] begins without a strategy');
  return {
    ...headOf(first, commandOf(first)),
    runs: [],
    ...(added.length > 0 ? { added: [...added] } : {}),
    leftOut: [...leftOut],
    failed: [],
  };
}

/** `firsts`: the exact figures of the first round of each strategy, which all others must have. */
async function withOne(comparison: Comparison, turn: Turn, ended: Ended, firsts: Map<string, Figures>): Promise<Comparison> {
  const strategy = turn.plan.strategy.name;
  if (!('result' in ended)) return { ...comparison, failed: [...comparison.failed, { strategy, why: ended.why }] };
  const next = await ofRun(turn, ended.result, ended.folder);
  const figures = await repeatableFigures(ended.result);
  const first = firsts.get(strategy);
  if (first === undefined) firsts.set(strategy, figures);
  const differs = first === undefined ? [] : differences(first, figures);
  const known = comparison.runs.some((run) => run.strategy === strategy);
  const runs = known
    ? comparison.runs.map((run) => (run.strategy === strategy ? withRound(run, next, differs) : run))
    : [...comparison.runs, next];
  return { ...comparison, ...whereOf(ended.result, comparison), runs };
}

async function ofRun({ prepared, plan }: Turn, result: Result, folder: string): Promise<Comparison['runs'][number]> {
  const { control } = prepared.asked.strategy;
  const outlook = await outlookRowOf(plan, prepared.asked.size);
  return comparedOf(result, { folder, row: await rowTraffic(plan), adapter: await isAdapter(plan.topology), control, outlook });
}

/** Rounds that differ are unknown, also where each passed. */
function codeOf({ runs }: Comparison, plan: Plan, ended: Ended): number {
  const run = runs.find(({ strategy }) => strategy === plan.strategy.name);
  return 'result' in ended && run !== undefined ? exitCodes[run.status] : ended.code;
}
