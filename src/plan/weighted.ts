import type { Random } from './types.js';

/** Draws a whole number from 0 on, each as often as its weight says. At least one weight is above 0, none below. */
export function weighted(weights: readonly number[]): (random: Random) => number {
  const sums: number[] = [];
  let total = 0;
  for (const weight of weights) {
    total += weight;
    sums.push(total);
  }
  return (random) => firstAbove(sums, random() * total);
}

/** Draws a rank from 0 to count - 1, rank r in proportion to 1 / (r + 1)^exponent: Zipf's law; 0 draws all alike. */
export function zipf(count: number, exponent: number): (random: Random) => number {
  return weighted(Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent));
}

/** Index of the first sum above the value: of one whose weight is not 0. */
function firstAbove(sums: readonly number[], value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
