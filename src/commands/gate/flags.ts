import { flag, type ValuesOf } from '../flag.js';

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
  json: flag<true | undefined>({ words: 'print the record of the gate, and nothing else, on standard output' }),
  junit: flag<string | undefined>({ takes: '<file>', words: 'also write it as JUnit XML' }),
  markdown: flag<string | undefined>({
    takes: '<file>',
    words: 'also append it to this file as Markdown, as $GITHUB_STEP_SUMMARY takes it',
  }),
} as const;

export type BaselineFlags = ValuesOf<typeof baselineFlags>;
export type GateFlags = ValuesOf<typeof gateFlags>;
