import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, Latency } from './latency.js';

function latencyOf(values: readonly number[]): Latency {
  const latency = new Latency();
  for (const value of values) latency.add(value);
  return latency;
}

describe('Latency', () => {
  it('knows the quantiles of 1..1000 ms to three digits', () => {
    const { count, mean, max, quantiles } = distributionOf(latencyOf(Array.from({ length: 1000 }, (_, index) => index + 1)));
    expect(count).toBe(1000);
    expect(mean).toBeGreaterThan(500);
    expect(mean).toBeLessThan(501.5);
    const known = new Map(quantiles);
    for (const [quantile, ms] of [
      [0.5, 500],
      [0.9, 900],
      [0.99, 990],
      [0.999, 999],
      [1, 1000],
    ] as const) {
      expect(Math.abs((known.get(quantile) ?? 0) - ms) / ms).toBeLessThan(0.002);
    }
    expect(Math.abs((max ?? 0) - 1000)).toBeLessThan(1);
  });

  it('keeps microseconds apart', () => {
    expect(latencyOf([0.123]).quantileMs(1)).toBe(0.123);
  });

  it('says null of nothing', () => {
    expect(distributionOf(new Latency())).toMatchObject({ count: 0, mean: null, max: null, quantiles: [] });
    expect(Latency.fromBytes(new Latency().toBytes()).count).toBe(0);
  });

  it('takes the nearest it can hold for what is negative or longer than an hour', () => {
    expect(latencyOf([-3]).maxMs).toBe(0);
    const hour = latencyOf([1e12]).maxMs ?? 0;
    expect(Math.abs(hour - 3_600_000) / 3_600_000).toBeLessThan(0.002);
  });

  it('is the same in whatever order and grouping it is merged, also by way of its bytes', () => {
    const values = fc.array(fc.double({ min: 0, max: 5_000_000, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const all = latencyOf([...a, ...b, ...c]).toBytes();
        for (const order of [
          [a, b, c],
          [c, b, a],
          [b, c, a],
        ] as const) {
          const left = latencyOf(order[0]);
          left.merge(latencyOf(order[1]));
          left.merge(Latency.fromBytes(latencyOf(order[2]).toBytes()));
          const right = latencyOf(order[1]);
          right.merge(latencyOf(order[2]));
          const nested = latencyOf(order[0]);
          nested.merge(right);
          expect(left.toBytes()).toBe(all);
          expect(nested.toBytes()).toBe(all);
        }
      }),
    );
  });
});
