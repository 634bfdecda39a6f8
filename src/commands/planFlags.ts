import { InvalidArgumentError } from 'commander';
import { usualPlace } from './calibrationFile.js';
import { dashed, flag, quoted, type ValuesOf } from './flag.js';
import { count, duration, positive } from './parsers.js';
import { predictFlags } from './predictFlags.js';

const { option, users, bytes, rooms, roomSize, roomsPerUser, seed, out, lang } = predictFlags;

/** Every flag of `bench plan`. */
export const planFlags = {
  users,
  ratePerUser: flag<number | undefined>({ takes: '<n>', words: 'messages per second of one user', parse: positive }),
  roomSize: { ...roomSize, words: 'users post to rooms of so many members (default: to one other user)' },
  roomsPerUser,
  rooms,
  bytes,
  slo: flag<number | undefined>({ takes: '<time>', words: '99th percentile of the response that must hold: 50ms', parse: duration }),
  utilisation: flag<number>({ takes: '<share>', words: 'of its core that a process may use', parse: share, standard: 0.6 }),
  connectionsPerNode: flag<number>({ takes: '<n>', words: 'sockets that one node may hold', parse: count, standard: 10_000 }),
  nodesLeast: flag<number>({ takes: '<n>', words: 'nodes at least: 2, so that one may die', parse: count, standard: 1 }),
  strategies: flag<string>({ takes: '<names>', words: 'which to compare, separated by commas, or `all`', standard: 'all' }),
  option,
  seed,
  calibration: flag<string | undefined>({
    takes: '<file>',
    words: `what a message costs here, by bench calibrate (default: ${usualPlace}, if there is one)`,
  }),
  out: { ...out, words: 'keep the plan, fleets.json, and its page there' },
  lang,
  json: flag<true | undefined>({ words: 'print an object, and nothing else, on standard output' }),
} as const;

export type PlanFlags = ValuesOf<typeof planFlags>;

/** The flags that were given, to ask the same again; those of the standard value say nothing. */
export function planCommandAgain(flags: PlanFlags): string {
  const { out: _, lang: _lang, json: _json, option: options, ...numbers } = flags;
  const standards = planFlags as Readonly<Record<string, { readonly standard?: unknown }>>;
  const given = Object.entries(numbers).filter(([name, value]) => value !== undefined && value !== standards[name]?.standard);
  const named = given.map(([name, value]) => `--${dashed(name)} ${quoted(name === 'slo' ? `${Number(value) * 1000}ms` : String(value))}`);
  return ['npx bench plan', ...named, ...Object.entries(options).map(([name, value]) => `--option ${quoted(`${name}=${value}`)}`)].join(
    ' ',
  );
}

function share(text: string): number {
  const value = positive(text);
  if (value >= 1)
    throw new InvalidArgumentError('It takes a share below 1, like 0.6: a process that uses all of its core is late without end.');
  return value;
}
