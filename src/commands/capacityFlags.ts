import { InvalidArgumentError } from 'commander';
import { leastPrecision } from '../plan/rateSearch.js';
import { severalFlags } from './compareFlags.js';
import { flag, type ValuesOf } from './flag.js';
import { positive } from './parsers.js';
import { type RunFlags, runFlags } from './runFlags.js';

const { strategies: _, runner: _runner, hopLatency: _hopLatency, slo, rate, ...workload } = severalFlags;
const { strategy, out, lang, json } = runFlags;

/** What most people call fast enough for chat. */
export const usualSlo = 'p99<50ms,lost=0';

/** Every flag of `bench capacity`. */
export const capacityFlags = {
  strategy,
  slo: { ...slo, words: `what must hold: p99, also lost, duplicated, misdelivered, rejected (default: "${usualSlo}")` },
  ...workload,
  rate: { ...rate, words: 'messages per second to begin with' },
  rateMost: flag<number | undefined>({ takes: '<n>', words: 'try no higher rate', parse: positive }),
  precision: flag<number>({
    takes: '<share>',
    words: 'how far apart the ends of the answer may be, as a share of the lower one',
    parse: share,
    standard: 0.1,
  }),
  out,
  lang,
  json: { ...json, words: 'print { capacity, results }, and nothing else, on standard output' },
} as const;

export type CapacityFlags = ValuesOf<typeof capacityFlags>;

/** As the flags of a run: a simulation has no speed. */
export function asLiveRun(flags: CapacityFlags): RunFlags {
  return { ...flags, strategies: undefined, runner: 'live', hopLatency: undefined };
}

function share(text: string): number {
  const value = positive(text);
  if (value >= leastPrecision && value <= 1) return value;
  throw new InvalidArgumentError(`It takes a share from ${leastPrecision} to 1, like 0.1: runs differ by more than less than that.`);
}
