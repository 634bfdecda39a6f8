import { InvalidArgumentError } from 'commander';
import { flag, type ValuesOf } from './flag.js';
import { duration, positive, wholeNumber } from './parsers.js';
import { runFlags } from './runFlags.js';

const { seed, out, lang, json } = runFlags;

/** Every flag of `bench claims`. The sizes are small: what decides are counts, which are exact, and how they change. */
export const claimsFlags = {
  strategies: flag<string>({ takes: '<names>', words: 'whose claims, separated by commas, or `all`', standard: 'all' }),
  users: flag<number>({ takes: '<n>', words: 'users online; half of them where a system is doubled', parse: evenUsers, standard: 80 }),
  rate: flag<number>({ takes: '<n>', words: 'messages per second, all users together', parse: positive, standard: 200 }),
  duration: flag<number>({ takes: '<time>', words: 'how long messages are sent in each run', parse: duration, standard: 2 }),
  rounds: flag<number>({
    takes: '<n>',
    words: 'how often a run is repeated whose time is compared; rounds take turns',
    parse: wholeNumber(1),
    standard: 3,
  }),
  seed,
  out,
  lang,
  json: { ...json, words: 'print { claims, results }, and nothing else, on standard output' },
} as const;

export type ClaimsFlags = ValuesOf<typeof claimsFlags>;

/** Every node needs somebody online, also of half of them. */
function evenUsers(text: string): number {
  const value = wholeNumber(4)(text);
  if (value % 2 !== 0) throw new InvalidArgumentError('It takes an even number, as half of them are needed too.');
  return value;
}
