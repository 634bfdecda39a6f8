import { claimsMarkdown } from '../claimsMarkdown.js';
import type { ForEach } from '../records.js';
import { comparisonMarkdown } from './comparison.js';
import { highestRateMarkdown } from './highestRate.js';
import { planMarkdown } from './plan.js';
import { runMarkdown } from './run.js';
import { sweepMarkdown } from './sweep.js';

/** Every record as a comment on a pull request has it. */
export const markdown: ForEach<string> = {
  result: runMarkdown,
  comparison: comparisonMarkdown,
  sweep: sweepMarkdown,
  capacity: highestRateMarkdown,
  claims: claimsMarkdown,
  plan: planMarkdown,
};
