import { usage, wordsOf } from '../error.js';
import { checkedStrategy, strategyNames } from '../plan/strategies.js';
import type { Comparison } from '../report/comparison.js';
import type { Given } from '../run/cast.js';
import { type Prepared, prepare } from './planning.js';
import type { RunFlags } from './runFlags.js';

export interface LineUp {
  readonly prepared: readonly Prepared[];
  readonly leftOut: Comparison['leftOut'];
}

/** Which strategies a comparison runs, and which it cannot and why; decided before anything starts. */
export async function lineUp(asked: string, flags: RunFlags, given: Given): Promise<LineUp> {
  const optionNames = await optionsByName(asked);
  checkOptions(flags.option, optionNames);
  const prepared: Prepared[] = [];
  const leftOut: Comparison['leftOut'] = [];
  for (const [strategy, names] of optionNames) {
    try {
      prepared.push(comparable(await prepare(strategy, { ...flags, option: only(names, flags.option) }, given)));
    } catch (error) {
      leftOut.push({ strategy, why: wordsOf(error) });
    }
  }
  checkNames(prepared.map(({ plan }) => plan.strategy.name));
  if (prepared.length === 0) throw usage(`no strategy of ${asked} can run like this: ${leftOut[0]?.why ?? 'there is none'}`);
  return { prepared, leftOut };
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
function comparable(prepared: Prepared): Prepared {
  const { asked, plan } = prepared;
  if (asked.scenario.rooms === undefined || plan.rooms === asked.rooms) return prepared;
  throw usage(`it runs room messages only in the form ${plan.rooms}, not ${asked.rooms}; compare with --rooms ${plan.rooms}`);
}
