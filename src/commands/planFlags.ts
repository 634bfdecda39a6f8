import { InvalidArgumentError } from 'commander';
import { usualPlace } from './calibrationFile.js';
import { flag, type ValuesOf } from './flag.js';
import { count, duration, positive } from './parsers.js';
import { predictFlags } from './predictFlags.js';

const { option, users, bytes, rooms, roomSize, roomsPerUser, seed } = predictFlags;

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
  json: flag<true | undefined>({ words: 'print an object, and nothing else, on standard output' }),
} as const;

export type PlanFlags = ValuesOf<typeof planFlags>;

function share(text: string): number {
  const value = positive(text);
  if (value >= 1)
    throw new InvalidArgumentError('It takes a share below 1, like 0.6: a process that uses all of its core is late without end.');
  return value;
}
