import type { Comparison } from './comparison.js';
import { comparisonPage } from './html/comparison.js';
import type { Language } from './language.js';
import type { ReportFile } from './types.js';

/** What can be made of a comparison at any time, beside it. */
export function comparisonFiles(comparison: Comparison, language?: Language): readonly ReportFile[] {
  return [{ path: 'report.html', content: comparisonPage(comparison, language) }];
}
