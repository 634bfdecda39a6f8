import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivals, randomOf } from './random.js';

const take = (count: number, random: () => number) => Array.from({ length: count }, random);

describe('randomOf', () => {
  it('is the same for the same seed and words, and another for any other', () => {
    const first = take(20, randomOf(7, 'direct', 'actions'));
    expect(take(20, randomOf(7, 'direct', 'actions'))).toEqual(first);
    for (const other of [randomOf(8, 'direct', 'actions'), randomOf(7, 'direct', 'rooms'), randomOf(7, 'direct actions'), randomOf(7)]) {
      expect(take(20, other).filter((value, index) => value === first[index])).toEqual([]);
    }
  });

  it('stays what it is: another stream would make old results incomparable', () => {
    expect(take(3, randomOf(7, 'direct', 'actions')).map((value) => value.toFixed(9))).toMatchInlineSnapshot(`
      [
        "0.044479357",
        "0.417513498",
        "0.286417523",
      ]
    `);
  });

  it('is uniform in [0, 1), and two streams do not move together', () => {
    const [a, b] = [take(100_000, randomOf(1, 'a')), take(100_000, randomOf(1, 'b'))];
    const cells = new Array<number>(100).fill(0);
    for (const [index, value] of a.entries()) {
      expect(value >= 0 && value < 1).toBe(true);
      const cell = 10 * Math.floor(value * 10) + Math.floor((b[index] ?? 0) * 10);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    // Chi-square with 99 degrees of freedom: above 180 once in a million.
    expect(cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(180);
  });
});

describe('arrivals', () => {
  it('are exactly as many as asked for, in order, within the span', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 100_000 }), fc.integer(), (count, spanMs, seed) => {
        const times = [...arrivals(count, spanMs, randomOf(seed))];
        expect(times.length).toBe(count);
        let before = 0;
        for (const time of times) {
          expect(time >= before && time <= spanMs).toBe(true);
          before = time;
        }
      }),
    );
  });

  it('are spread evenly, with exponential gaps, as a Poisson process is', () => {
    const times = [...arrivals(100_000, 100_000, randomOf(3))];
    const tenths = new Array<number>(10).fill(0);
    for (const time of times) tenths[Math.floor(time / 10_000)] = (tenths[Math.floor(time / 10_000)] ?? 0) + 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    for (const ms of [0.5, 1, 2, 4]) expect(gaps.filter((gap) => gap > ms).length / gaps.length).toBeCloseTo(Math.exp(-ms), 1.7);
  });
});
