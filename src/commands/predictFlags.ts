import { flag, type ValuesOf } from './flag.js';
import { count, positive } from './parsers.js';
import { runFlags } from './runFlags.js';

const { strategy, strategies, option, scenario, size, rooms, seed, duration, bytes, nodes, brokers, users, rate, lang } = runFlags;

/** Every flag of `bench predict`: those of `bench run` that no process is needed for, with numbers as large as one likes. */
export const predictFlags = {
  strategy,
  strategies,
  option,
  scenario,
  size,
  nodes: { ...nodes, parse: count },
  brokers: { ...brokers, parse: count },
  users: { ...users, words: 'users online; 1e9 is a number too', parse: count },
  rate,
  ratePerUser: flag<number | undefined>({
    takes: '<n>',
    words: "messages per second of one user, instead of --rate (default: as in the scenario's size)",
    parse: positive,
  }),
  roomSize: flag<number | undefined>({
    takes: '<n>',
    words: 'instead of a scenario: users post to rooms of so many members',
    parse: count,
  }),
  roomsPerUser: flag<number>({ takes: '<n>', words: 'with --room-size: rooms that each user is in', parse: count, standard: 1 }),
  duration,
  bytes,
  rooms,
  seed,
  out: flag<string | undefined>({ takes: '<folder>', words: 'keep a result and a report of each strategy there' }),
  lang,
  json: flag<true | undefined>({ words: 'print a list of result objects, and nothing else, on standard output' }),
} as const;

export type PredictFlags = ValuesOf<typeof predictFlags>;
