import type { Status } from '../measure/result.js';

/** How a command says what its verdict was; `cli.ts` makes it the exit code. */
export interface Outcome {
  code: number;
  /** Where what was finished before an interruption is. */
  kept?: string;
}

export const exitCodes: Readonly<Record<Status, number>> = { pass: 0, fail: 1, unknown: 2 };
