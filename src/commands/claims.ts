import { resolve } from 'node:path';
import { Command } from 'commander';
import { unavailable, usage } from '../error.js';
import { checkedStrategy, strategyNames } from '../plan/strategies.js';
import { type Claims, claimsText, recordedClaims } from '../report/claims.js';
import { formatted } from '../report/formats.js';
import type { Kept } from '../report/records.js';
import { whereOf } from '../report/series.js';
import { claimCriteria } from '../verdict/claims/claims.js';
import type { Observed } from '../verdict/claims/criterion.js';
import { claimFiguresOf } from '../verdict/claims/figures.js';
import { judgeClaims, type Said } from '../verdict/claims/judgeClaims.js';
import { claimChanges } from './claimChanges.js';
import { claimResults } from './claimResults.js';
import { type ClaimRuns, type ClaimTurn, claimRuns, flagsAt, loadOfFlags, titledTurns } from './claimRuns.js';
import { type ClaimsFlags, claimsFlags } from './claimsFlags.js';
import { optionsOf, quoted } from './flag.js';
import { guarded } from './guarded.js';
import type { Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { type Prepared, prepare } from './planning.js';
import { type Ended, Series } from './series.js';
import { headOf } from './seriesHead.js';
import { printClaims } from './summary.js';

const none = { brokers: null, store: null, controlPort: 0 };

const examples = `
What the article says of each architecture is taken apart into statements that a figure can decide; the criteria are fixed in the program.
Without a folder bench plays the fewest runs that decide them: at most 4 nodes and 4 brokers, each for some seconds, and simulates changes
of the number of brokers. What lacks a server here is named, and its claim is not measured. With folders it takes the results in them.

Examples:
  bench claims
  bench claims --strategies random-publish,publish-all,hashed --lang ru
  bench claims results/latest --out results/again
  bench claims results/my-runs --users 400 --rate 1000 --duration 10s --json > claims.json

Exit codes: 0 measured, whatever came of it; 1 or 2 where a run failed or is unknown; 69 where one could not end, or none could run`;

export function claimsCommand(signal: AbortSignal, outcome: Outcome): Command {
  const command = new Command('claims')
    .description("hold the article's claims against real runs: confirmed, refuted, qualified, or not measured and why")
    .argument('[folders...]', 'take the results in these folders instead of playing runs');
  for (const option of optionsOf(claimsFlags)) command.addOption(option);
  return command
    .addHelpText('after', examples)
    .action((folders: readonly string[], flags: ClaimsFlags) =>
      guarded(signal, (stage) => checkClaims(folders, flags, stage, outcome), flags.lang),
    );
}

async function checkClaims(folders: readonly string[], flags: ClaimsFlags, stage: Stage, outcome: Outcome): Promise<void> {
  const said = await claimsSaid(flags.strategies);
  const strategies = said.map(({ strategy }) => strategy);
  const runs = folders.length > 0 ? { turns: [], leftOut: [] } : await claimRuns(strategies, flags, { ...none, guard: stage.guard });
  for (const { strategy, why } of runs.leftOut) process.stderr.write(`left out: ${strategy}: ${why}\n`);
  const watch = new Watch(await beforeAll(folders, flags, runs), said);
  const setting = { name: 'claims', out: flags.out, given: { ...none, guard: stage.guard }, stage, outcome } as const;
  let results: Series['results'] = [];
  const series = await Series.play(setting, async (all) => {
    if (folders.length > 0) results = await taken(watch, folders, flags, all.path);
    for (const turn of titledTurns(runs.turns)) {
      watch.ended(turn, await all.run(turn));
      await all.keep(claimsText(watch.claims), watch.lastCode);
    }
    watch.saw(await claimChanges(strategies, flags, stage.signal));
    await all.keep(claimsText(watch.claims), watch.lastCode);
    const kept: Kept = { kind: 'claims', record: watch.claims };
    for (const format of ['html', 'markdown'] as const) await all.report(await formatted(format, kept, stage.language));
  });
  printClaims(watch.claims, [...results, ...series.results], { json: flags.json === true, folder: series.path });
}

/** The record as it grows, judged anew with everything that is seen. */
class Watch {
  claims: Claims;
  lastCode: number = exitCodes.pass;
  readonly #said: readonly Said[];

  constructor(claims: Claims, said: readonly Said[]) {
    this.claims = claims;
    this.#said = said;
    this.saw([]);
  }

  saw(more: readonly Observed[]): void {
    const observed = [...this.claims.observed, ...more];
    const claims = recordedClaims(judgeClaims(this.#said, observed));
    this.claims = { ...this.claims, observed: observed.map(({ figures, ...rest }) => ({ ...rest, figures: { ...figures } })), claims };
  }

  ended({ at }: ClaimTurn, ended: Ended): void {
    this.lastCode = ended.code;
    if (!('result' in ended)) {
      this.claims = { ...this.claims, failed: [...this.claims.failed, { strategy: at.strategy, why: `${at.point}: ${ended.why}` }] };
      return;
    }
    this.claims = { ...this.claims, ...whereOf(ended.result, this.claims) };
    this.saw([{ ...at, folder: ended.folder, figures: claimFiguresOf(ended.result) }]);
  }
}

async function taken(watch: Watch, folders: readonly string[], flags: ClaimsFlags, from: string): Promise<Series['results']> {
  const { observed, results } = await claimResults(folders, loadOfFlags(flags), resolve(from));
  const [first] = results;
  if (first !== undefined) watch.claims = { ...watch.claims, ...whereOf(first) };
  watch.saw(observed);
  return [...results];
}

/** The strategies of which the article says anything, as far as they are asked for. */
async function claimsSaid(asked: string): Promise<readonly Said[]> {
  const names = asked === 'all' ? (await strategyNames()).filter((name) => claimCriteria[name] !== undefined) : asked.split(',');
  return Promise.all(
    names.map(async (name) => {
      const { strategy } = await checkedStrategy(name.trim());
      const known = Object.keys(claimCriteria).join(', ');
      if (strategy.claim === undefined || claimCriteria[strategy.name] === undefined)
        throw usage(`the article says nothing of ${strategy.name}; it does of ${known}`);
      return { strategy: strategy.name, claim: strategy.claim };
    }),
  );
}

async function beforeAll(folders: readonly string[], flags: ClaimsFlags, { turns, leftOut }: ClaimRuns): Promise<Claims> {
  const first = folders.length > 0 ? await standIn(flags) : turns[0]?.prepared;
  if (first === undefined) throw unavailable(`none of these claims can be measured here: ${leftOut[0]?.why ?? 'nothing is to be run'}`);
  return {
    ...headOf(first, commandOf(folders, flags)),
    ...{ source: 'live', ...loadOfFlags(flags) },
    ...{ claims: [], observed: [], leftOut: [...leftOut], failed: [] },
  };
}

/** What the record says of the load where nothing is run. */
function standIn(flags: ClaimsFlags): Promise<Prepared> {
  return prepare('single-server', { ...flagsAt('four-nodes', flags), runner: 'simulated' }, none);
}

function commandOf(folders: readonly string[], { strategies, users, rate, duration, rounds, seed }: ClaimsFlags): string {
  const load = `--users ${users} --rate ${rate} --duration ${duration}s --rounds ${rounds} --seed ${seed}`;
  return ['npx bench claims', ...folders.map(quoted), `--strategies ${quoted(strategies)}`, load].join(' ');
}
