import { flag, type ValuesOf } from './flag.js';
import { wholeNumber } from './parsers.js';
import { type RunFlags, runFlags } from './runFlags.js';

const { strategy: _, strategies, out, lang, json, ...workload } = runFlags;

/** Every flag of `bench run` that is for several strategies alike. */
export const severalFlags = {
  strategies: { ...strategies, words: 'separated by commas, or `all`; names of `bench list`, or files of your own' },
  ...workload,
} as const;

/** Every flag of `bench compare`. */
export const compareFlags = {
  ...severalFlags,
  rounds: flag<number>({
    takes: '<n>',
    words: 'how often each is run; rounds take turns, A B B A, so that what drifts meets all alike',
    parse: wholeNumber(1),
    standard: 2,
  }),
  out,
  lang,
  json: { ...json, words: 'print { comparison, results }, and nothing else, on standard output' },
} as const;

export type CompareFlags = ValuesOf<typeof compareFlags>;

/** As the flags of a run. */
export function asRun(flags: Omit<RunFlags, 'strategy'>): RunFlags {
  return { ...flags, strategy: undefined };
}
