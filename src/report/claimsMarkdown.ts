import type { Claims } from './claims.js';
import {
  claimInWords,
  countsInWords,
  criterionInWords,
  holdsInWords,
  measuredInWords,
  statementOf,
  verdictInWords,
} from './claimsInWords.js';
import { claimsWords } from './claimsWords.js';
import type { Language } from './language.js';
import { inCell, markdownTable, shellBlock } from './markdown.js';

/** The claims as tables for a pull request or a README. */
export function claimsMarkdown(claims: Claims, language: Language = 'en'): string {
  const words = claimsWords[language];
  const { columns } = words;
  const overview = claims.claims.map((claim) => [
    `\`${claim.strategy}\``,
    inCell(claimInWords(claim, language)),
    verdictInWords(claim.verdict, language),
  ]);
  const parts = claims.claims.flatMap((claim) =>
    claim.parts.map((part) => [
      `\`${claim.strategy}\``,
      statementOf(part, language),
      criterionInWords(part, language),
      measuredInWords(part, language),
      holdsInWords(part, language),
    ]),
  );
  return `${[
    `# ${words.title}`,
    `${countsInWords(claims, language)}.`,
    markdownTable(['', columns.claim, columns.verdict], overview),
    `${words.lead} ${words.unlike}`,
    markdownTable(['', columns.part, columns.criterion, columns.measured, columns.holds], parts),
    ...[...claims.failed, ...claims.leftOut].map(({ strategy, why }) => `* \`${strategy}\`: ${inCell(why)}`),
    shellBlock(claims.command),
  ].join('\n\n')}\n`;
}
