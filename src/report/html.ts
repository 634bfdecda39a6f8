import { eachResult } from './each.js';
import { comparisonPage } from './html/comparison.js';
import { highestRatePage } from './html/highestRate.js';
import { page } from './html/page.js';
import { sweepPage } from './html/sweep.js';
import type { ForEach } from './records.js';

/** One page that needs nothing but itself: it opens from a disk, without a network and without JavaScript. */
export const htmlReporter = eachResult('html', async (result, language) => [{ path: 'report.html', content: page(result, language) }]);

/** The page of every kind of record. */
export const pages: ForEach<string> = { result: page, comparison: comparisonPage, sweep: sweepPage, capacity: highestRatePage };
