import { below } from '../plan/random.js';
import type { Random } from '../plan/types.js';

/** Drawn anew so often: enough that a probability of 1 in 1,000 is ten of them. */
export const usualResamples = 10_000;

/**
 * Medians of samples drawn from a sample with replacement, in order: Efron's bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 13).
 * The same for the same random stream.
 */
export function bootstrapMedians(
  sample: readonly number[],
  random: Random,
  { size = sample.length, resamples = usualResamples } = {},
): Float64Array {
  const medians = new Float64Array(resamples);
  const drawn = new Float64Array(size);
  for (let resample = 0; resample < resamples; resample++) {
    for (let place = 0; place < size; place++) drawn[place] = sample[below(sample.length, random)] ?? Number.NaN;
    medians[resample] = middleOf(drawn.sort());
  }
  return medians.sort();
}

export function medianOf(values: readonly number[]): number {
  return middleOf(Float64Array.from(values).sort());
}

function middleOf(sorted: Float64Array): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** How likely medians such as these are if the true one is at most the limit; never 0, since one more draw might have been there. */
export function chanceWithin(medians: Float64Array, limit: number): number {
  return (1 + countWithin(medians, limit)) / (medians.length + 1);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The percentile interval that leaves `tail` out on either side. Its low end is above a limit exactly where `chanceWithin` the limit is at most `tail`. */
export function intervalOf(medians: Float64Array, tail: number): Interval {
  // What the product of a share and a whole number lacks to a whole number is a matter of rounding.
  const left = Math.floor(tail * (medians.length + 1) + 1e-9) - 1;
  if (left < 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { low: medians[left] ?? Number.NaN, high: medians[medians.length - 1 - left] ?? Number.NaN };
}

function countWithin(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.NaN) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
