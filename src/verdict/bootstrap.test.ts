import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../plan/random.js';
import { bootstrapMedians, chanceWithin, intervalOf, medianOf } from './bootstrap.js';

const ratios = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 1, maxLength: 20 });
const few = { resamples: 400 };

function medians(sample: readonly number[], seed = 1) {
  return bootstrapMedians(sample, randomOf(seed, 'test'), few);
}

describe('the median', () => {
  it.each([
    [[3], 3],
    [[1, 9, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});

describe('medians of a bootstrap', () => {
  it('are the same for the same seed, whatever the order of the sample is called, and others for another', () => {
    const sample = [0.9, 1, 1.1, 1.2, 1.05, 0.95];
    expect(medians(sample)).toEqual(medians(sample));
    expect(medians(sample)).not.toEqual(medians(sample, 2));
  });

  it('lie between the least and the most of the sample, in order', () => {
    fc.assert(
      fc.property(ratios, fc.nat(), (sample, seed) => {
        const all = [...medians(sample, seed)];
        expect(Math.min(...all)).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(Math.max(...all)).toBeLessThanOrEqual(Math.max(...sample));
        expect(all).toEqual(all.toSorted((one, other) => one - other));
      }),
    );
  });

  it('have as many below the median of an even spread as above', () => {
    const sample = Array.from({ length: 101 }, (_, index) => index);
    const all = bootstrapMedians(sample, randomOf(3, 'even'), { resamples: 4_000 });
    expect(chanceWithin(all, 50)).toBeGreaterThan(0.47);
    expect(chanceWithin(all, 49.5)).toBeLessThan(0.53);
  });
});

describe('an interval', () => {
  it('has its low end above a limit exactly where the chance of medians within the limit is at most its tail', () => {
    fc.assert(
      fc.property(ratios, fc.double({ min: 0.5, max: 2, noNaN: true }), fc.integer({ min: 1, max: 200 }), (sample, limit, left) => {
        const all = medians(sample);
        const tail = left / (few.resamples + 1);
        expect(intervalOf(all, tail).low > limit).toBe(chanceWithin(all, limit) <= tail + 1e-12);
      }),
    );
  });

  it('is wider the smaller its tails are, and without end where nothing was drawn beyond them', () => {
    fc.assert(
      fc.property(ratios, (sample) => {
        const all = medians(sample);
        const [wide, narrow] = [intervalOf(all, 0.01), intervalOf(all, 0.1)];
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      }),
    );
    expect(intervalOf(medians([1, 2, 3]), 0.001)).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });

  it('holds the true median about as often as it says', () => {
    const random = randomOf(11, 'coverage');
    const samples = Array.from({ length: 400 }, () => Array.from({ length: 20 }, () => random() + random()));
    const held = samples.filter((sample, index) => {
      const { low, high } = intervalOf(medians(sample, index), 0.025);
      return low <= 1 && 1 <= high;
    });
    expect(held.length / samples.length).toBeGreaterThan(0.9);
    expect(held.length / samples.length).toBeLessThan(0.99);
  });
});
