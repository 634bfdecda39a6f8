import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { hash } from '../routing/hash.js';
import type { Random } from './types.js';

/** A stream of uniform numbers in [0, 1), the same for the same seed and words; other words give an independent stream. */
export function randomOf(seed: number, ...words: readonly string[]): Random {
  const name = JSON.stringify([seed, ...words]);
  const generator = xoroshiro128plusFromState([hash(name, 1), hash(name, 2), hash(name, 3), hash(name, 4)]);
  return () => uniformFloat64(generator);
}

/** A whole number from 0 to count - 1. */
export function below(count: number, random: Random): number {
  return Math.floor(random() * count);
}

/**
 * Exactly `count` times in [0, spanMs], in order: a Poisson process under the condition of that count, which is `count` sorted uniforms.
 * Made one after the other: the smallest of k uniforms leaves the share U^(1/k) of what remains (Devroye, Non-Uniform Random Variate Generation, V.3).
 */
export function* arrivals(count: number, spanMs: number, random: Random): Iterable<number> {
  let remaining = 1;
  for (let left = count; left > 0; left--) {
    remaining *= (1 - random()) ** (1 / left);
    yield spanMs * (1 - remaining);
  }
}

/** The numbers from 0 to count - 1 in any order: Fisher-Yates, from the inside out. */
export function shuffled(count: number, random: Random): number[] {
  const order: number[] = [];
  for (let item = 0; item < count; item++) {
    const place = below(item + 1, random);
    order.push(order[place] ?? item);
    order[place] = item;
  }
  return order;
}

/** Two series as one in order of time; the first, which need not be in order, goes before the second where times are equal. */
export function* inOrder<Step extends { readonly atMs: number }>(some: readonly Step[], others: Iterable<Step>): Iterable<Step> {
  const sorted = [...some].sort((one, other) => one.atMs - other.atMs);
  let next = 0;
  for (const other of others) {
    for (let first = sorted[next]; first !== undefined && first.atMs <= other.atMs; first = sorted[++next]) yield first;
    yield other;
  }
  yield* sorted.slice(next);
}
