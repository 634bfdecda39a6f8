import { readVariation, type Variation, writeVariation } from '../plan/variation.js';
import { severalFlags } from './compareFlags.js';
import { flag, quoted, type ValuesOf } from './flag.js';
import { runFlags } from './runFlags.js';

const { out, lang, json } = runFlags;

/** Every flag of `bench sweep`. */
export const sweepFlags = {
  ...severalFlags,
  vary: flag<readonly Variation[]>({
    takes: '<what=values>',
    words: 'nodes=1,2,4,8; also brokers, users, rate, bytes; may be given again: every combination is run',
    parse: (text, before) => [...before, readVariation(text)],
    standard: [],
  }),
  out,
  lang,
  json: { ...json, words: 'print { sweep, results }, and nothing else, on standard output' },
} as const;

export type SweepFlags = ValuesOf<typeof sweepFlags>;

export function varyAgain(variations: readonly Variation[]): readonly string[] {
  return variations.map((one) => `--vary ${quoted(writeVariation(one))}`);
}
