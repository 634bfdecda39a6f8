import { Command } from 'commander';
import { BenchError, usage } from '../error.js';
import type { Plan } from '../plan/types.js';
import { pointInWords, pointOf, pointsOf, type Variation } from '../plan/variation.js';
import { formatted } from '../report/formats.js';
import { outlookRowOf } from '../report/prospect.js';
import { whereOf } from '../report/series.js';
import { growthOf, type Sweep, sweepPointOf, sweepText } from '../report/sweep.js';
import type { Size } from '../routing/types.js';
import type { Given } from '../run/cast.js';
import { asRun } from './compareFlags.js';
import { optionsOf } from './flag.js';
import { givenBy } from './given.js';
import { guarded } from './guarded.js';
import { type LineUp, lineUp, withControls } from './lineUp.js';
import type { Stage } from './oneRun.js';
import type { Outcome } from './outcome.js';
import type { Prepared } from './planning.js';
import { severalCommand } from './repeat.js';
import type { RunFlags } from './runFlags.js';
import { heeded } from './runner.js';
import { type Ended, Series } from './series.js';
import { headOf, titled } from './seriesHead.js';
import { printSweep } from './summary.js';
import { type SweepFlags, sweepFlags, varyAgain } from './sweepFlags.js';

const examples = `
Everything but what varies stays as it is, the total load too: what each process then handles shows what an architecture does with more of them.
An exponent says how a figure grows: 0 stays, 1 doubles with the variable, -1 halves.

Examples:
  bench sweep --strategies single-channel,hashed --vary nodes=1,2,4,8
  bench sweep --strategies hashed,grouped --vary brokers=2,4,8 --users 400 --rate 1000 --duration 10s
  bench sweep --strategies all --vary nodes=2,4,8 --vary users=100,1000 --scenario rooms --rooms topic
  bench sweep --strategies hashed,redis-sharded --runner simulated --vary nodes=10,100,1000 --users 10000 --json > sweep.json`;

export function sweepCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('sweep').description('run strategies at several sizes with one load, and fit how each figure grows');
  for (const option of optionsOf(sweepFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: SweepFlags) =>
    guarded(
      signal,
      (stage) => {
        checkVariations(flags);
        return sweepStrategies(flags.strategies ?? '', flags.vary, heeded(asRun(flags)), stage, outcome);
      },
      flags.lang,
    ),
  );
}

function checkVariations({ strategies, vary, ...fixed }: SweepFlags): void {
  if (strategies === undefined) throw usage("required option '--strategies <names>' is missing: names separated by commas, or all");
  if (vary.length === 0) throw usage("required option '--vary <what=values>' is missing, like --vary nodes=1,2,4,8");
  for (const [index, { name }] of vary.entries()) {
    if (vary.findIndex((one) => one.name === name) < index) throw usage(`--vary ${name} is given twice: name all its values at once`);
    if (fixed[name] !== undefined) throw usage(`--${name} ${fixed[name]} and --vary ${name} exclude each other: leave one out`);
    if (name === 'brokers' && fixed.redis !== undefined)
      throw usage('--vary brokers does not go with --redis: given servers are as many as they are');
  }
}

async function sweepStrategies(asked: string, vary: readonly Variation[], flags: RunFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const given = givenBy(flags, stage.guard);
  const line = await linesUp(asked, vary, flags, given);
  for (const { strategy, why } of line.added) process.stderr.write(`added: ${strategy}: ${why}\n`);
  for (const { strategy, why } of line.leftOut) process.stderr.write(`left out: ${strategy}: ${why}\n`);
  const beyond = { more: varyAgain(vary), without: namesOf(vary) };
  let sweep = beforeAll(line, vary, (first) => severalCommand('sweep', { names: asked, options: flags.option }, first.asked, beyond));
  const series = await Series.play({ name: 'sweep', out: flags.out, given, stage, outcome }, async (all) => {
    for (const turn of turnsOf(line, vary)) {
      const ended = await all.run(turn);
      sweep = await withOne(sweep, turn.plan, ended, turn.first);
      await all.keep(sweepText(sweep), ended.code);
    }
    await all.report(await formatted('html', { kind: 'sweep', record: sweep }, stage.language));
  });
  printSweep(sweep, series.results, { json: flags.json === true, folder: series.path });
}

/** The strategies at every size. One that makes the same of two sizes runs once. */
async function linesUp(asked: string, vary: readonly Variation[], flags: RunFlags, given: Given): Promise<LineUp> {
  const all: { prepared: Prepared[]; leftOut: LineUp['leftOut']; added: LineUp['added'] } = { prepared: [], leftOut: [], added: [] };
  const seen = new Set<string>();
  const again = new Map<string, number>();
  for (const point of pointsOf(vary)) {
    const sized = { ...flags, ...point };
    const { prepared, leftOut, added } = await withControls(await lineUp(asked, sized, given), sized, given);
    all.leftOut = withNew(all.leftOut, leftOut);
    all.added = withNew(all.added, added);
    for (const one of prepared) {
      const made = placeOf(one.plan, vary);
      const { name } = one.plan.strategy;
      if (seen.has(made)) again.set(name, (again.get(name) ?? 0) + 1);
      else all.prepared.push(one);
      seen.add(made);
    }
  }
  return { ...all, leftOut: [...all.leftOut, ...[...again].map(([strategy, sizes]) => asBefore(strategy, sizes, vary))] };
}

function asBefore(strategy: string, sizes: number, vary: readonly Variation[]): LineUp['leftOut'][number] {
  return { strategy, why: `at ${sizes} of the ${pointsOf(vary).length} sizes, of which it makes the same as of others` };
}

function withNew(before: LineUp['leftOut'], more: LineUp['leftOut']): LineUp['leftOut'] {
  return [...before, ...more.filter((one) => !before.some(({ strategy, why }) => strategy === one.strategy && why === one.why))];
}

/** `hashed-nodes-4-brokers-2`: a folder, and what tells one run of the sweep from all others. */
function placeOf({ strategy, size }: Plan, vary: readonly Variation[]): string {
  return [strategy.name, ...Object.entries(pointOf(size, namesOf(vary))).flat()].join('-');
}

function namesOf(vary: readonly Variation[]) {
  return vary.map(({ name }) => name);
}

function turnsOf({ prepared }: LineUp, vary: readonly Variation[]) {
  const turns = prepared.map(({ plan, asked }) => ({ plan, name: placeOf(plan, vary), first: prepared[0]?.asked.size ?? asked.size }));
  return titled(turns, ({ plan }) => `${plan.strategy.name}, ${pointInWords(pointOf(plan.size, namesOf(vary)))}`);
}

function beforeAll({ prepared, leftOut, added }: LineUp, vary: readonly Variation[], commandOf: (first: Prepared) => string): Sweep {
  const [first] = prepared;
  if (first === undefined) throw new BenchError('bug', '[sweep] begins without a strategy');
  const varied = vary.map(({ name, values }) => ({ name, values: [...values] }));
  const head = headOf(first, commandOf(first));
  const rate = vary.some(({ name }) => name === 'rate' || name === 'bytes') ? `${head.rate} at the first size` : head.rate;
  return { ...head, rate, vary: varied, points: [], growth: [], added: [...added], leftOut: [...leftOut], failed: [] };
}

/** `first`: the first size of all, by which the model says what pages begin with. */
async function withOne(sweep: Sweep, plan: Plan, ended: Ended, first: Size): Promise<Sweep> {
  const { strategy, size } = plan;
  if (!('result' in ended)) {
    const at = pointInWords(
      pointOf(
        size,
        sweep.vary.map(({ name }) => name),
      ),
    );
    return { ...sweep, failed: [...sweep.failed, { strategy: strategy.name, why: `at ${at}: ${ended.why}` }] };
  }
  const points = [...sweep.points, sweepPointOf(ended.result, ended.folder, sweep.vary)];
  const known = sweep.points.some((point) => point.strategy === strategy.name);
  const outlook = known ? undefined : await outlookRowOf(plan, first);
  const outlooks = [...(sweep.outlooks ?? []), ...(outlook === undefined ? [] : [outlook])];
  return { ...sweep, ...whereOf(ended.result, sweep), points, growth: growthOf(points, sweep.vary), outlooks };
}
