import { eachResult } from './each.js';
import { page } from './html/page.js';
import { prospectOf } from './prospect.js';

/** One page that needs nothing but itself: it opens from a disk, without a network and without JavaScript. */
export const htmlReporter = eachResult('html', async (result, language) => [
  { path: 'report.html', content: page(result, language, await prospectOf(result.plan)) },
]);
