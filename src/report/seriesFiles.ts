import { readClaims } from './claims.js';
import { claimsFiles } from './claimsReport.js';
import { readComparison } from './comparison.js';
import { comparisonFiles } from './comparisonReport.js';
import { type HighestRate, readHighestRate } from './highestRate.js';
import { highestRatePage } from './html/highestRate.js';
import { sweepPage } from './html/sweep.js';
import type { Language } from './language.js';
import { readSweep, type Sweep } from './sweep.js';
import type { ReportFile } from './types.js';

/** What can be made of the record of several runs at any time, beside it. */
export function sweepFiles(sweep: Sweep, language?: Language): readonly ReportFile[] {
  return [{ path: 'report.html', content: sweepPage(sweep, language) }];
}

export function highestRateFiles(found: HighestRate, language?: Language): readonly ReportFile[] {
  return [{ path: 'report.html', content: highestRatePage(found, language) }];
}

/** The records of several runs, by the names of their files: what is made of the text of each. */
export const seriesFiles: Readonly<Record<string, (text: string, where: string, language?: Language) => readonly ReportFile[]>> = {
  'comparison.json': (text, where, language) => comparisonFiles(readComparison(text, where), language),
  'sweep.json': (text, where, language) => sweepFiles(readSweep(text, where), language),
  'claims.json': (text, where, language) => claimsFiles(readClaims(text, where), language),
  'capacity.json': (text, where, language) => highestRateFiles(readHighestRate(text, where), language),
};
