import { createColors } from 'picocolors';
import type { Claim, Claims } from '../claims.js';
import { countsInWords, criterionInWords, holdsInWords, measuredInWords, statementOf, verdictInWords } from '../claimsInWords.js';
import { claimsWords } from '../claimsWords.js';
import { wrap } from './layout.js';

/** The end of a check of claims: each with its verdict, and each of its parts with what decides it. */
export function renderClaims(claims: Claims, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const colours = createColors(colour);
  const notRun = [...claims.failed, ...claims.leftOut].flatMap(({ strategy, why }) => wrap(`${strategy}: ${why}`, width, '  '));
  return `${[
    ...claims.claims.flatMap((claim) => ['', colours.bold(headOf(claim)), ...linesOf(claim, width)]),
    '',
    colours.bold(countsInWords(claims, 'en')),
    ...wrap(claimsWords.en.unlike, width, '  ').map(colours.dim),
    ...(notRun.length === 0 ? [] : ['', colours.bold('Not run'), ...notRun]),
    '',
    colours.bold('Again'),
    `  ${claims.command}`,
  ].join('\n')}\n`;
}

function headOf({ strategy, claim, verdict }: Claim): string {
  return `${verdictInWords(verdict, 'en')}  ${strategy}: ${claim}`;
}

function linesOf({ parts }: Claim, width: number): readonly string[] {
  return parts.flatMap((part) => [
    ...wrap(`${holdsInWords(part, 'en')}  ${statementOf(part, 'en')}`, width, '  '),
    ...wrap(`${criterionInWords(part, 'en')}; measured: ${measuredInWords(part, 'en')}`, width, '      '),
  ]);
}
