import { Command } from 'commander';
import { unavailable, usage } from '../error.js';
import { type Bracket, rateSearch, type SearchRange, type Trial } from '../plan/rateSearch.js';
import { readSlo, writeSlo } from '../plan/slo.js';
import type { Plan } from '../plan/types.js';
import { sizesInWords } from '../report/describe.js';
import { formatted } from '../report/formats.js';
import { type HighestRate, highestRateText, limitAt, rate } from '../report/highestRate.js';
import { whole } from '../report/numbers.js';
import { whereOf } from '../report/series.js';
import type { Given } from '../run/cast.js';
import { asLiveRun, type CapacityFlags, capacityFlags, usualSlo } from './capacityFlags.js';
import { optionsOf } from './flag.js';
import { givenBy } from './given.js';
import { guarded } from './guarded.js';
import { MachineShare } from './machineShare.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { type Prepared, prepare } from './planning.js';
import { rateTrialOf } from './rateTrial.js';
import { capacityCommandAgain } from './repeat.js';
import type { RunFlags } from './runFlags.js';
import { Series } from './series.js';
import { headOf } from './seriesHead.js';
import { printHighestRate } from './summary.js';

const examples = `
The rate is doubled until it breaks, then bisected; at each rate two of three measurements decide, and the answer is confirmed at 0.9 of it.
The answer is a bracket: the highest rate that held, and the lowest above it that did not. Where the generator or the machine was at its limit
and not the system, it says so. For what a model expects, without a run: bench plan.

Examples:
  bench capacity --strategy hashed
  bench capacity --strategy single-channel --slo "p99<20ms,lost=0" --nodes 4 --users 1000 --duration 10s
  bench capacity --strategy hashed --scenario rooms --rooms topic --rate 500 --precision 0.05 --workers 2
  bench capacity --strategy hashed --rate-most 20000 --json > capacity.json

Exit codes: 0 a bracket, confirmed; 1 it holds at no rate; 2 only a lower end is known, or it was not confirmed`;

export function capacityCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('capacity').description('find the highest rate at which a strategy holds what is asked of it');
  for (const option of optionsOf(capacityFlags)) command.addOption(option);
  return command
    .addHelpText('after', examples)
    .action((flags: CapacityFlags) => guarded(signal, (stage) => findHighestRate(flags, stage, outcome), flags.lang));
}

async function findHighestRate(flags: CapacityFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const { strategy, slo = readSlo(usualSlo), precision } = flags;
  if (strategy === undefined) throw usage("required option '--strategy <name|file>' is missing");
  if (slo.responseMsP99 === undefined)
    throw usage(`--slo "${writeSlo(slo)}" limits no time, and without there is no highest rate: add p99, like ${usualSlo}`);
  const run = { ...asLiveRun(flags), slo };
  const given = givenBy(run, stage.guard);
  const first = await prepare(strategy, run, given);
  let found = beforeAll(first, rangeOf(first, flags, precision), flags);
  const series = await Series.play({ name: 'capacity', out: flags.out, given, stage, outcome }, async (all) => {
    const search = rateSearch(found.range);
    let next = search.next();
    while (next.done !== true) {
      found = await withTrial(found, next.value, all, { strategy, run, given });
      await all.keep(highestRateText(found), exitCodes.pass);
      next = search.next(found.trials.at(-1)?.holds === true);
    }
    const answer = { ...next.value, limit: limitAt(found.trials, next.value.breaks) };
    found = { ...found, answer };
    await all.keep(highestRateText(found), codeOf(answer));
    await all.report(await formatted('html', { kind: 'capacity', record: found }, stage.language));
  });
  printHighestRate(found, series.results, { json: flags.json === true, folder: series.path });
}

function beforeAll(first: Prepared, range: HighestRate['range'], { rateMost, precision }: CapacityFlags): HighestRate {
  const { plan, asked } = first;
  const head = headOf(first, capacityCommandAgain(asked, { rateMost, precision }));
  const start = `from ${head.rate}`;
  return { ...head, rate: start, strategy: plan.strategy.name, size: null, slo: writeSlo(plan.limits), range, trials: [], answer: null };
}

/** A chat node takes so many events of one socket that beyond half of that it is luck whether a user is refused. */
const eventsShare = 0.5;

function rangeOf({ plan: { size, chatLimits } }: Prepared, { rateMost }: CapacityFlags, precision: number): HighestRate['range'] {
  const taken = size.users * chatLimits.eventsPerSecond * eventsShare;
  const range: SearchRange = { startRate: size.ratePerSecond, leastRate: 1, mostRate: Math.min(taken, rateMost ?? Infinity), precision };
  const mostBecause =
    range.mostRate === rateMost
      ? `--rate-most ${rateMost} ends the search`
      : `beyond ${rate(range.mostRate)} nodes may refuse what ${whole(size.users)} users send (${chatLimits.eventsPerSecond} events a second each); raise --users`;
  return { ...range, mostBecause };
}

interface Asking {
  readonly strategy: string;
  readonly run: RunFlags;
  readonly given: Given;
}

/** One measurement. That a run ends without a result says of a rate that it does not hold, but not before any had one. */
async function withTrial(found: HighestRate, trial: Trial, all: Series, { strategy, run, given }: Asking): Promise<HighestRate> {
  const { plan } = await prepare(strategy, { ...run, rate: trial.ratePerSecond }, given);
  const machine = new MachineShare();
  const number = found.trials.length + 1;
  const ended = await all.run({
    plan,
    name: `${String(number).padStart(2, '0')}-${trial.step}-${trial.ratePerSecond}`,
    title: titleOf(trial, number),
    later: laterOf(trial, plan),
    heed: (progress) => machine.heed(progress),
  });
  if (!('result' in ended) && all.results.length === 0) throw unavailable(`nothing could be measured: ${ended.why}`);
  const trials = [...found.trials, rateTrialOf(trial, ended, machine.share)];
  return 'result' in ended ? { ...found, ...whereOf(ended.result, found), size: sizesInWords(ended.result), trials } : { ...found, trials };
}

/** `[7, about 9 more] bisect at 1,130/s` */
function titleOf({ step, ratePerSecond, later }: Trial, number: number): string {
  return `[${number}${later === null || later === 0 ? '' : `, about ${later} more`}] ${step} at ${rate(ratePerSecond)}`;
}

function laterOf({ later }: Trial, plan: Plan): readonly Plan[] | null {
  return later === null ? null : Array.from({ length: later }, () => plan);
}

function codeOf({ holds, breaks, confirmedAt, limit }: Bracket & Pick<NonNullable<HighestRate['answer']>, 'limit'>): number {
  if (holds === null) return limit === 'generator' ? exitCodes.unknown : exitCodes.fail;
  return breaks === null || confirmedAt === null || limit === 'generator' ? exitCodes.unknown : exitCodes.pass;
}
