import { BenchError, type Fault, usage } from '../error.js';
import { checkedStrategy, strategyNames } from '../plan/strategies.js';
import type { Comparison } from '../report/comparison.js';
import type { Given } from '../run/cast.js';
import { missingControls } from './controls.js';
import { type Prepared, prepare } from './planning.js';
import type { RunFlags } from './runFlags.js';

export interface LineUp {
  readonly prepared: readonly Prepared[];
  readonly leftOut: Comparison['leftOut'];
  /** Controls that nobody named. */
  readonly added: Comparison['leftOut'];
}

/** Which strategies a comparison runs, and which it cannot and why; decided before anything starts. */
export async function lineUp(asked: string, flags: RunFlags, given: Given): Promise<LineUp> {
  const optionNames = await optionsByName(asked);
  checkOptions(flags.option, optionNames);
  const entries = await Promise.all(
    [...optionNames].map(([name, own]) => entryOf(name, { ...flags, option: only(own, flags.option) }, given)),
  );
  const prepared = entries.flatMap((entry) => ('plan' in entry ? [entry] : []));
  const leftOut = entries.flatMap((entry) => ('why' in entry ? [entry] : []));
  checkNames(prepared.map(({ plan }) => plan.strategy.name));
  if (prepared.length === 0) throw noneOf(asked, leftOut);
  return { prepared, leftOut: leftOut.map(({ strategy, why }) => ({ strategy, why })), added: [] };
}

/** The same with the controls that an official adapter among them needs and nobody named. */
export async function withControls(line: LineUp, flags: RunFlags, given: Given): Promise<LineUp> {
  const missing = await missingControls(line.prepared.map(({ plan }) => plan));
  const entries = await Promise.all(missing.map(({ strategy }) => entryOf(strategy, { ...flags, option: {} }, given)));
  const prepared = entries.flatMap((entry) => ('plan' in entry ? [entry] : []));
  const leftOut = entries.flatMap((entry) => ('why' in entry ? [{ strategy: entry.strategy, why: entry.why }] : []));
  const added = missing.filter(({ strategy }) => prepared.some(({ plan }) => plan.strategy.name === strategy));
  return { prepared: [...line.prepared, ...prepared], leftOut: [...line.leftOut, ...leftOut], added };
}

/** A strategy that cannot take part, though nothing that was asked is wrong. */
interface LeftOut {
  readonly strategy: string;
  readonly why: string;
  readonly fault: Fault;
}

/** What lacks a server here, does not suit the servers given, or runs rooms in another form only, is left out. A mistake is none of these: it ends the comparison. */
async function entryOf(strategy: string, flags: RunFlags, given: Given): Promise<Prepared | LeftOut> {
  try {
    const prepared = await prepare(strategy, flags, given);
    const why = otherForm(prepared);
    return why === null ? prepared : { strategy, why, fault: 'usage' };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const { fault, message: why } = error;
    if (fault === 'unavailable' || (fault === 'usage' && (await runsWithoutGiven(strategy, flags, given)))) return { strategy, why, fault };
    throw error;
  }
}

/** Whether nothing but the servers given keeps a strategy from running. */
async function runsWithoutGiven(strategy: string, flags: RunFlags, given: Given): Promise<boolean> {
  if (given.brokers === null) return false;
  try {
    await prepare(strategy, flags, { ...given, brokers: null });
    return true;
  } catch (error) {
    if (error instanceof BenchError) return error.fault === 'unavailable';
    throw error;
  }
}

/** With the fault of the one whose words it has. */
function noneOf(asked: string, [first]: readonly LeftOut[]): BenchError {
  return new BenchError(first?.fault ?? 'usage', `no strategy of ${asked} can run like this: ${first?.why ?? 'there is none'}`);
}

/** The strategies by the names that were given, each with the names of its options. */
async function optionsByName(asked: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const names = asked === 'all' ? await strategyNames() : asked.split(',').map((name) => name.trim());
  const found = await Promise.all(names.map((name) => checkedStrategy(name)));
  checkNames(names);
  return new Map(found.map(({ strategy }, index) => [names[index] ?? strategy.name, new Set(Object.keys(strategy.options ?? {}))]));
}

/** An option is for the strategies that have it; one that none has is a mistake. */
function checkOptions(given: RunFlags['option'], byName: ReadonlyMap<string, ReadonlySet<string>>): void {
  const known = new Set([...byName.values()].flatMap((names) => [...names]));
  const stray = Object.keys(given).find((name) => !known.has(name));
  if (stray !== undefined) throw usage(`none of these strategies has an option ${stray}; they have: ${[...known].join(', ') || 'none'}`);
}

/** Names are those of folders. */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usage(`two of these strategies are called ${twice}: leave one out, or rename it`);
}

function only(names: ReadonlySet<string>, given: RunFlags['option']): RunFlags['option'] {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

/** Room messages of two forms are two workloads: a comparison never mixes them. */
function otherForm({ asked, plan }: Prepared): string | null {
  if (asked.scenario.rooms === undefined || plan.rooms === asked.rooms) return null;
  return `it runs room messages only in the form ${plan.rooms}, not ${asked.rooms}; compare with --rooms ${plan.rooms}`;
}
