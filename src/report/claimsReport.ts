import type { Claims } from './claims.js';
import { claimsMarkdown } from './claimsMarkdown.js';
import { claimsPage } from './html/claims.js';
import type { Language } from './language.js';
import type { ReportFile } from './types.js';

/** What can be made of a record of claims at any time, beside it. */
export function claimsFiles(claims: Claims, language?: Language): readonly ReportFile[] {
  return [
    { path: 'report.html', content: claimsPage(claims, language) },
    { path: 'claims.md', content: claimsMarkdown(claims, language) },
  ];
}
