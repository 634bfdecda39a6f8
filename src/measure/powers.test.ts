import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powersOf } from './powers.js';

/** One variable. */
function along(values: readonly number[], of: (x: number) => number) {
  return powersOf(values.map((x) => ({ at: [x], value: of(x) })))[0];
}

describe('powers', () => {
  it('of what stays, falls and grows', () => {
    for (const exponent of [0, -1, 1, 2.5]) {
      const found = along([1, 2, 4, 8], (x) => 700 * x ** exponent);
      expect(found?.exponent).toBeCloseTo(exponent, 12);
      expect(found?.error).toBeCloseTo(0, 12);
    }
  });

  it('with the standard error of the textbook where points lie off the line', () => {
    // ln y = 0.1, 0.9, 2.1, 2.9 at ln x = 0, 1, 2, 3: slope 0.96, residual sum 0.032, error sqrt(0.032 / 2 / 5).
    const found = powersOf([0.1, 0.9, 2.1, 2.9].map((y, x) => ({ at: [Math.exp(x)], value: Math.exp(y) })))[0];
    expect(found?.exponent).toBeCloseTo(0.96, 12);
    expect(found?.error).toBeCloseTo(Math.sqrt(0.032 / 2 / 5), 12);
  });

  it('of two points have no error', () => {
    expect(along([1, 4], (x) => x)).toEqual({ exponent: expect.closeTo(1, 12), error: null });
  });

  it('of several variables are told apart, whatever they are', () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 })), { minLength: 4, maxLength: 12 });
    const apart = sizes.filter((all) => {
      const [xs, ys] = [all.map(([x]) => Math.log(x)), all.map(([, y]) => Math.log(y))];
      const first = [xs[0] ?? 0, ys[0] ?? 0] as const;
      return xs.some((x, i) =>
        xs.some((z, j) => Math.abs((x - first[0]) * ((ys[j] ?? 0) - first[1]) - (z - first[0]) * ((ys[i] ?? 0) - first[1])) > 0.1),
      );
    });
    const power = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(apart, power, power, (all, b, c) => {
        const [one, other] = powersOf(all.map(([x, y]) => ({ at: [x, y], value: 5 * x ** b * y ** c })));
        expect(one?.exponent).toBeCloseTo(b, 5);
        expect(other?.exponent).toBeCloseTo(c, 5);
      }),
    );
  });

  it('are not known where nothing changes, where two change alike, and of 0', () => {
    expect(along([3, 3, 3], () => 1)).toBeNull();
    expect(powersOf([1, 2, 4].map((x) => ({ at: [x, 3 * x], value: x })))).toEqual([null, null]);
    expect(powersOf([1, 2, 4].map((x) => ({ at: [x, 3], value: x })))).toEqual([
      { exponent: expect.closeTo(1), error: expect.closeTo(0) },
      null,
    ]);
    expect(along([1, 2, 4], (x) => x - 1)).toBeNull();
    expect(powersOf([])).toEqual([]);
  });
});
