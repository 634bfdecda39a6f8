import { describe, expect, it } from 'vitest';
import { draws } from '../src/routing/hash.js';
import { homesOf, maxToMean, spreadSizes } from '../src/routing/spread.js';
import type { Strategy } from '../src/routing/types.js';
import hashed from './hashed.js';
import partitionRing from './partition-ring.js';
import rendezvous from './rendezvous.js';
import ring from './ring.js';

/** What happens when one Redis joins so many others. */
function growth(strategy: Strategy, brokers: number) {
  const [before, after] = [homesOf(strategy, brokers), homesOf(strategy, brokers + 1)];
  const moved = after.filter((home, index) => home !== before[index]);
  return {
    share: moved.length / after.length,
    toOld: moved.filter((home) => home !== `r${brokers + 1}`).length,
    maxToMean: maxToMean(after, brokers + 1),
  };
}

describe.each([
  ['ring', ring as Strategy, 1.35],
  ['partition-ring', partitionRing as Strategy, 1.35],
  ['rendezvous', rendezvous as Strategy, 1.1],
])('%s, when one Redis joins', (_name, strategy, unevenness) => {
  const random = draws('clusters', 11);
  const clusters = Array.from({ length: 100 }, () => 1 + Math.floor(random() * 16)).map((brokers) => ({
    brokers,
    ...growth(strategy, brokers),
  }));

  it('moves the share of topics that it must, within 10 % of 1/(R+1) on average over 100 clusters', () => {
    const ratios = clusters.map(({ brokers, share }) => share * (brokers + 1));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
  });

  it('moves no topic between two Redis that stay', () => {
    expect(clusters.map(({ toOld }) => toOld).filter((count) => count > 0)).toEqual([]);
  });

  it('leaves the fullest Redis not far above the mean', () => {
    expect(Math.max(...clusters.map(({ maxToMean }) => maxToMean))).toBeLessThan(unevenness);
  });
});

it('hashed spreads topics more evenly than points on a ring, as the page of ring says', () => {
  const worst = (strategy: Strategy) => Math.max(...spreadSizes.map((brokers) => maxToMean(homesOf(strategy, brokers), brokers)));
  expect(worst(hashed)).toBeLessThan(worst(ring as Strategy));
});
