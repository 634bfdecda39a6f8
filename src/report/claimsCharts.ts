import { type BarChart, barChart, palette } from './charts.js';
import type { Claim, ClaimCriterion, ClaimPart, Claims } from './claims.js';
import { placeInWords, statementOf } from './claimsInWords.js';
import { claimsWords } from './claimsWords.js';
import type { Language } from './language.js';

export function claimChartId(strategy: string): string {
  return `chart-claim-${strategy}`;
}

/** For each claim the figure that weighs most in it, at the places where it is looked at; none where it is 0 at all of them. */
export function claimsCharts(claims: Claims, language: Language): Readonly<Record<string, BarChart>> {
  const charts = claims.claims.flatMap((claim) => chartOf(claim, claims, language));
  return Object.fromEntries(charts.filter(([, { data }]) => data.datasets.length > 0));
}

function chartOf(claim: Claim, claims: Claims, language: Language): readonly (readonly [string, BarChart])[] {
  const part = shownPart(claim);
  if (part === undefined) return [];
  const { criterion } = part;
  const bars = barsOf(criterion, claims, language);
  // Of nothing there is nothing to draw: the table says it.
  if (bars.every(({ value }) => value === null || value === 0)) return [];
  const label = claimsWords[language].figures[criterion.figure];
  const series = [{ label, colour: palette.blue, values: bars.map(({ value }) => value) }];
  const drawn = { language, title: label, subtitle: [statementOf(part, language)], unit: '', labels: bars.map((bar) => bar.label), series };
  return [[claimChartId(claim.strategy), barChart(drawn)]];
}

/** What fails shows more than what holds, and a comparison of two places more than one figure by itself. */
function shownPart({ parts }: Claim): (ClaimPart & { readonly criterion: ClaimCriterion }) | undefined {
  const judged = parts.flatMap((part) => (part.criterion === null ? [] : [{ ...part, criterion: part.criterion }]));
  const failed = judged.filter(({ holds }) => holds === false);
  const asked = failed.length > 0 ? failed : judged;
  return asked.find(({ criterion }) => criterion.beside !== undefined) ?? asked[0];
}

/** A bar for every round, unless it is that of another. */
function barsOf({ figure, of, beside }: ClaimCriterion, { observed }: Claims, language: Language) {
  const places = [...(beside === undefined ? [] : [beside]), of];
  return places.flatMap((place) => {
    const seen = observed.filter(({ strategy, point }) => strategy === place.strategy && point === place.point);
    const values = new Set(seen.map(({ figures }) => figures[figure] ?? null));
    return [...values].map((value) => ({ label: placeInWords(place, language), value }));
  });
}
