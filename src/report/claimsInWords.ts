import type { ClaimVerdict } from '../verdict/claims/criterion.js';
import type { Claim, ClaimCriterion, ClaimPart, ClaimPlace, Claims } from './claims.js';
import { claimsInRussian, claimsWords } from './claimsWords.js';
import type { Language } from './language.js';
import { figuresIn } from './numbers.js';

/** The words of a record of claims, the same in a page, a table for a pull request and a terminal. */

export const verdictMarks: Readonly<Record<ClaimVerdict, string>> = { confirmed: '✓', refuted: '✗', qualified: '≈', 'not measured': '?' };

export function verdictInWords(verdict: ClaimVerdict, language: Language): string {
  return `${verdictMarks[verdict]} ${claimsWords[language].verdicts[verdict]}`;
}

/** In the article's own words where the page is in its language. */
export function claimInWords({ strategy, claim }: Claim, language: Language): string {
  return (language === 'ru' && claimsInRussian[strategy]?.words) || claim;
}

export function statementOf({ id }: ClaimPart, language: Language): string {
  return claimsWords[language].parts[id] ?? id;
}

/** `messages put to each broker: hashed, 4 nodes, 4 brokers ÷ hashed, 4 nodes, 2 brokers: from 0.45 to 0.55` */
export function criterionInWords({ criterion }: ClaimPart, language: Language): string {
  const { figures, why } = claimsWords[language];
  if (criterion === null) return why.beyond;
  const { figure, of, beside } = criterion;
  const places = [of, ...(beside === undefined ? [] : [beside])].map((place) => placeInWords(place, language)).join(' ÷ ');
  return `${figures[figure]}: ${places}: ${boundsInWords(criterion, language)}`;
}

function boundsInWords({ least, most }: ClaimCriterion, language: Language): string {
  const { criterion: words } = claimsWords[language];
  const shown = (value: number) => numberInWords(value, language);
  if (least === undefined) return most === 0 ? words.exactly('0') : words.most(shown(most ?? 0));
  return most === undefined ? words.least(shown(least)) : words.between(shown(least), shown(most));
}

/** `0.501`; of several rounds the range, `1.2 … 3.4`. */
export function measuredInWords({ values, why }: ClaimPart, language: Language): string {
  if (values.length === 0) return why === null ? '' : claimsWords[language].why[why];
  const shown = [...new Set([Math.min(...values), Math.max(...values)].map((value) => numberInWords(value, language)))].join(' … ');
  return why === null ? shown : `${shown} (${claimsWords[language].why[why]})`;
}

export function holdsInWords({ holds }: ClaimPart, language: Language): string {
  const { yes, no, unknown } = claimsWords[language].holds;
  return holds === null ? unknown : holds ? yes : no;
}

export function placeInWords({ strategy, point }: ClaimPlace, language: Language): string {
  return `${strategy}, ${claimsWords[language].points[point] ?? point}`;
}

export function numberInWords(value: number | null, language: Language): string {
  const { whole, threeDigits } = figuresIn(language);
  return value !== null && Number.isInteger(value) ? whole(value) : threeDigits(value);
}

export const verdictOrder: readonly ClaimVerdict[] = ['confirmed', 'qualified', 'refuted', 'not measured'];

/** `12 confirmed, 3 qualified` */
export function countsInWords({ claims }: Claims, language: Language): string {
  const counted = verdictOrder.map((verdict) => [verdict, claims.filter((claim) => claim.verdict === verdict).length] as const);
  return counted.flatMap(([verdict, count]) => (count === 0 ? [] : [`${count} ${claimsWords[language].verdicts[verdict]}`])).join(', ');
}
