import type { Result } from '../measure/result.js';
import { eachResult } from './each.js';
import { claimsPage } from './html/claims.js';
import { comparisonPage } from './html/comparison.js';
import { highestRatePage } from './html/highestRate.js';
import { page } from './html/page.js';
import { planPage } from './html/plan.js';
import { sweepPage } from './html/sweep.js';
import type { Language } from './language.js';
import { prospectOf } from './prospect.js';
import type { ForEach } from './records.js';

/** One page that needs nothing but itself: it opens from a disk, without a network and without JavaScript. */
export const htmlReporter = eachResult('html', async (result, language) => [
  { path: 'report.html', content: await resultPage(result, language) },
]);

/** The page of a result with what the model says of other sizes. */
export async function resultPage(result: Result, language?: Language): Promise<string> {
  return page(result, language, result.died.length > 0 ? undefined : await prospectOf(result.plan));
}

/** The page of every kind of record. */
export const pages: ForEach<string> = {
  result: page,
  comparison: comparisonPage,
  sweep: sweepPage,
  capacity: highestRatePage,
  claims: claimsPage,
  plan: planPage,
};
