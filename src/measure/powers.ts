/** How a figure grows: the powers b of value = a · x^b · y^c..., fitted by least squares on logarithms. */

export interface Observation {
  /** One value for each variable. */
  readonly at: readonly number[];
  readonly value: number;
}

export interface Power {
  readonly exponent: number;
  /** Standard error; null: there are no more observations than a fit needs, so nothing says how good it is. */
  readonly error: number | null;
}

/**
 * One power for each variable; null where a variable never changes, or always together with another, so that nobody can tell them apart.
 * Everything must be above 0: what is not has no logarithm, and then there is no power at all.
 */
export function powersOf(observations: readonly Observation[]): readonly (Power | null)[] {
  const count = observations[0]?.at.length ?? 0;
  const none = Array.from({ length: count }, () => null);
  if (observations.some(({ at, value }) => !(value > 0) || at.some((one) => !(one > 0)))) return none;
  const logs = centred(observations.map(({ at }) => at.map(Math.log)));
  const changing = none.flatMap((_, index) => (logs.some((row) => Math.abs(row[index] ?? 0) > tiny) ? [index] : []));
  const rows = logs.map((row) => changing.map((index) => row[index] ?? 0));
  const values = centred(observations.map(({ value }) => [Math.log(value)])).map(([value = 0]) => value);
  const found = leastSquares(rows, values);
  return none.map((_, index) => found?.[changing.indexOf(index)] ?? null);
}

const tiny = 1e-9;

/** Each column without its mean: the factor in front drops out of the fit. */
function centred(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const means = (rows[0] ?? []).map((_, index) => total(rows.map((row) => row[index] ?? 0)) / rows.length);
  return rows.map((row) => row.map((value, index) => value - (means[index] ?? 0)));
}

/** Ordinary least squares by the normal equations; undefined where they do not decide. Variables are few and of one size. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): readonly Power[] | undefined {
  const variables = rows[0]?.length ?? 0;
  const products = range(variables).map((i) => range(variables).map((j) => total(rows.map((row) => (row[i] ?? 0) * (row[j] ?? 0)))));
  const inverse = inverted(products);
  if (inverse === undefined) return undefined;
  const towards = range(variables).map((i) => total(rows.map((row, index) => (row[i] ?? 0) * (values[index] ?? 0))));
  const exponents = inverse.map((line) => dot(line, towards));
  const left = total(rows.map((row, index) => ((values[index] ?? 0) - dot(row, exponents)) ** 2));
  const freedom = rows.length - variables - 1;
  return exponents.map((exponent, i) => ({
    exponent,
    error: freedom < 1 ? null : Math.sqrt((left / freedom) * (inverse[i]?.[i] ?? 0)),
  }));
}

/** Gauss and Jordan, with the largest pivot; undefined: the matrix is singular. */
function inverted(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...range(size).map((j) => (i === j ? 1 : 0))]);
  for (const column of range(size)) {
    const pivot = range(size)
      .slice(column)
      .reduce((best, row) => (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? row : best), column);
    const [chosen, replaced] = [rows[pivot] ?? [], rows[column] ?? []];
    const by = chosen[column] ?? 0;
    if (Math.abs(by) < tiny) return undefined;
    rows[pivot] = replaced;
    rows[column] = chosen.map((value) => value / by);
    for (const other of range(size)) if (other !== column) rows[other] = cleared(rows[other] ?? [], rows[column] ?? [], column);
  }
  return rows.map((row) => row.slice(size));
}

function cleared(row: readonly number[], by: readonly number[], column: number): number[] {
  const factor = row[column] ?? 0;
  return row.map((value, index) => value - factor * (by[index] ?? 0));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return total(one.map((value, index) => value * (other[index] ?? 0)));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
