import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairCounts } from './pairCounts.js';

const number = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 26 - 1 }));

it('holds for each pair what was set last, as a map does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, fc.integer({ min: -1, max: 1e9 })), { maxLength: 3_000 }), (settings) => {
      const [counts, map] = [new PairCounts(), new Map<string, number>()];
      for (const [left, right, value] of settings) {
        counts.set(left, right, value);
        map.set(`${left} ${right}`, value);
      }
      for (const [left, right] of settings) expect(counts.get(left, right)).toBe(map.get(`${left} ${right}`));
      expect(new Map([...counts].map(([left, right, value]) => [`${left} ${right}`, value]))).toEqual(map);
      expect(counts.get(2 ** 25, 2 ** 25 + 1)).toBe(map.get(`${2 ** 25} ${2 ** 25 + 1}`) ?? 0);
    }),
    { numRuns: 30 },
  );
});

it('counts on by one, and to a value only where that is the next', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, fc.nat(3)), { maxLength: 3_000 }), (steps) => {
      const [counts, map] = [new PairCounts(), new Map<string, number>()];
      for (const [left, right, value] of steps) {
        const next = (map.get(`${left} ${right}`) ?? 0) + 1;
        if (value > 0) expect(counts.countsTo(left, right, value)).toBe(value === next);
        else expect(counts.increment(left, right)).toBe(next);
        if (value === 0 || value === next) map.set(`${left} ${right}`, next);
        expect(counts.get(left, right)).toBe(map.get(`${left} ${right}`) ?? 0);
      }
      expect(new Map([...counts].map(([left, right, value]) => [`${left} ${right}`, value]))).toEqual(map);
    }),
    { numRuns: 30 },
  );
});
