import { InvalidArgumentError } from 'commander';
import { leastPairs } from '../../verdict/costGate.js';
import { flag, type ValuesOf } from '../flag.js';
import { wholeNumber } from '../parsers.js';
import { leastAlike, usualCalibration } from './calibration.js';

/** Of `bench gate` and `bench baseline` alike. */
export const baselineFlags = {
  baseline: flag<string>({ takes: '<folder>', words: 'the committed figures of the exact layer', standard: 'results/baseline' }),
  strategies: flag<readonly string[] | undefined>({
    takes: '<names>',
    words: 'in place of the fixed set: strategies separated by commas, names of `bench list` or files of your own',
    parse: (text) => text.split(',').map((name) => name.trim()),
  }),
} as const;

/** Every flag of `bench gate`. */
export const gateFlags = {
  ...baselineFlags,
  layer: flag<'exact' | 'statistical' | undefined>({
    takes: '<name>',
    words: 'this layer alone (default: exact, and with --against both)',
    choices: ['exact', 'statistical'],
  }),
  against: flag<string | undefined>({
    takes: '<ref>',
    words: 'statistical: the commit, branch or tag that this one is compared with; it is built beside it and played at the same time',
  }),
  pairs: flag<number | undefined>({
    takes: '<n>',
    words: `statistical: how often each of the two is played (default: ${leastPairs}; with --calibrate ${leastAlike})`,
    parse: pairs,
  }),
  calibration: flag<string | undefined>({
    takes: '<file>',
    words: `statistical: where --calibrate writes and the limits of this machine come from (default: ${usualCalibration}, if it is there)`,
  }),
  calibrate: flag<true | undefined>({
    words: 'play this commit against itself, to find out how far two equal ones are apart on this machine',
  }),
  json: flag<true | undefined>({ words: 'print the record of the gate, and nothing else, on standard output' }),
  junit: flag<string | undefined>({ takes: '<file>', words: 'also write it as JUnit XML' }),
  markdown: flag<string | undefined>({
    takes: '<file>',
    words: 'also append it to this file as Markdown, as $GITHUB_STEP_SUMMARY takes it',
  }),
} as const;

export type BaselineFlags = ValuesOf<typeof baselineFlags>;
export type GateFlags = ValuesOf<typeof gateFlags>;

function pairs(text: string): number {
  const value = wholeNumber(1)(text);
  if (value < leastPairs)
    throw new InvalidArgumentError(`It takes at least ${leastPairs}: fewer say nothing of how far two runs are apart.`);
  return value;
}
