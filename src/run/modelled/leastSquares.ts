/** One measurement: what was counted, by name, and what it took. */
export interface Observation {
  /** Observations of one run stand or fall together. */
  readonly run: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly took: number;
}

export interface Term {
  readonly each: number;
  /** Standard error, by leaving out one run after the other. */
  readonly error: number;
}

export interface Fit {
  readonly terms: Readonly<Record<string, Term>>;
  readonly observations: number;
  /** Typical difference between what was measured and what the terms say, as a share of it. */
  readonly residualShare: number;
}

/**
 * What each thing took, fitted by least squares of the relative differences; nothing takes less than nothing. A term that is not larger
 * than its error could as well be nothing, and makes the others uncertain: the worst of them is left out, until there is none.
 * Errors by the jackknife: https://en.wikipedia.org/wiki/Jackknife_resampling
 */
export function fitted(observations: readonly Observation[], names: readonly string[]): Fit {
  let [told, fit] = [names, fittedTo(observations, names)];
  for (let worst = leastCertain(fit); worst !== undefined; worst = leastCertain(fit)) {
    told = told.filter((name) => name !== worst);
    fit = fittedTo(observations, told);
  }
  const nothing = { each: 0, error: 0 };
  return { ...fit, terms: Object.fromEntries(names.map((name) => [name, fit.terms[name] ?? nothing])) };
}

/** The term whose error is the largest beside it, if that is as large as the term. */
function leastCertain({ terms }: Fit): string | undefined {
  const certainty = ({ each, error }: Term) => each / error;
  const uncertain = Object.entries(terms).filter(([, term]) => certainty(term) <= 1);
  return uncertain.sort(([, one], [, other]) => certainty(one) - certainty(other))[0]?.[0];
}

function fittedTo(observations: readonly Observation[], names: readonly string[]): Fit {
  const each = solve(observations, names);
  const runs = [...new Set(observations.map(({ run }) => run))];
  const without =
    runs.length < 2
      ? []
      : runs.map((left) =>
          solve(
            observations.filter(({ run }) => run !== left),
            names,
          ),
        );
  const terms = names.map((name, index) => [
    name,
    { each: rounded(each[index] ?? 0), error: rounded(jackknife(without.map((one) => one[index] ?? 0))) },
  ]);
  return {
    terms: Object.fromEntries(terms),
    observations: observations.length,
    residualShare: rounded(residual(observations, names, each)),
  };
}

/** What counts take by a fit, and by what each takes at least. */
export function costOf(
  { terms }: Pick<Fit, 'terms'>,
  counts: Readonly<Record<string, number>>,
  least: Readonly<Record<string, number>> = {},
): number {
  return Object.entries(counts).reduce((sum, [name, count]) => sum + count * Math.max(terms[name]?.each ?? 0, least[name] ?? 0), 0);
}

/** Four digits are more than a fit is good for; what is left of nothing by rounding is nothing. */
function rounded(value: number): number {
  return Math.abs(value) < 1e-6 ? 0 : Number(value.toPrecision(4));
}

const sweeps = 5_000;

/** Non-negative least squares, one coordinate after the other; the problem is convex, so this ends at the minimum. */
function solve(observations: readonly Observation[], names: readonly string[]): number[] {
  const rows = observations.filter(({ took }) => took > 0).map(({ counts, took }) => names.map((name) => (counts[name] ?? 0) / took));
  const products = names.map((_, i) => names.map((__, j) => sum(rows.map((row) => (row[i] ?? 0) * (row[j] ?? 0)))));
  const towards = names.map((_, i) => sum(rows.map((row) => row[i] ?? 0)));
  const found = names.map(() => 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const [i, row] of products.entries()) {
      const own = row[i] ?? 0;
      const rest = sum(row.map((product, j) => (j === i ? 0 : product * (found[j] ?? 0))));
      found[i] = own === 0 ? 0 : Math.max(0, ((towards[i] ?? 0) - rest) / own);
    }
  }
  return found;
}

function residual(observations: readonly Observation[], names: readonly string[], each: readonly number[]): number {
  const shares = observations
    .filter(({ took }) => took > 0)
    .map(({ counts, took }) => sum(names.map((name, index) => (each[index] ?? 0) * (counts[name] ?? 0))) / took - 1);
  return Math.sqrt(sum(shares.map((share) => share ** 2)) / Math.max(1, shares.length));
}

function jackknife(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sum(values) / values.length;
  return Math.sqrt(((values.length - 1) / values.length) * sum(values.map((value) => (value - mean) ** 2)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
