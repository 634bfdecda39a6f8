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
