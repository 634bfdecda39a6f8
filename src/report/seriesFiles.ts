import { readComparison } from './comparison.js';
import { comparisonFiles } from './comparisonReport.js';
import { type HighestRate, readHighestRate } from './highestRate.js';
import { highestRatePage } from './html/highestRate.js';
import { sweepPage } from './html/sweep.js';
import { readSweep, type Sweep } from './sweep.js';
import type { ReportFile } from './types.js';

/** What can be made of the record of several runs at any time, beside it. */
export function sweepFiles(sweep: Sweep): readonly ReportFile[] {
  return [{ path: 'report.html', content: sweepPage(sweep) }];
}

export function highestRateFiles(found: HighestRate): readonly ReportFile[] {
  return [{ path: 'report.html', content: highestRatePage(found) }];
}

/** The records of several runs, by the names of their files: what is made of the text of each. */
export const seriesFiles: Readonly<Record<string, (text: string, where: string) => readonly ReportFile[]>> = {
  'comparison.json': (text, where) => comparisonFiles(readComparison(text, where)),
  'sweep.json': (text, where) => sweepFiles(readSweep(text, where)),
  'capacity.json': (text, where) => highestRateFiles(readHighestRate(text, where)),
};
