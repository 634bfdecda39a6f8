import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ranges } from './ranges.js';

const numbers = fc.array(fc.integer({ min: -5, max: 40 }), { maxLength: 60 });
const sorted = (set: Iterable<number>) => [...set].sort((a, b) => a - b);

describe('Ranges', () => {
  it('keeps a clean stream as one range', () => {
    const ranges = new Ranges();
    for (let number = 1; number <= 10_000; number++) expect(ranges.add(number)).toBe(true);
    expect(JSON.stringify(ranges)).toBe('[1,10000]');
    expect(ranges.add(5_000)).toBe(false);
  });

  it('joins two ranges when the number between them comes', () => {
    const ranges = new Ranges([1, 3, 5, 9]);
    expect(ranges.add(4)).toBe(true);
    expect(ranges.toJSON()).toEqual([1, 9]);
  });

  it('is the same set as a Set, and says of each number whether it was new', () => {
    fc.assert(
      fc.property(numbers, (added) => {
        const [ranges, set] = [new Ranges(), new Set<number>()];
        for (const number of added) {
          expect(ranges.add(number)).toBe(!set.has(number));
          set.add(number);
        }
        expect([...ranges]).toEqual(sorted(set));
        expect(ranges.size).toBe(set.size);
        expect(ranges.empty).toBe(set.size === 0);
        expect(ranges.largest).toBe(Math.max(...set));
        for (let number = -7; number < 43; number++) expect(ranges.has(number)).toBe(set.has(number));
      }),
    );
  });

  it('unites, intersects and subtracts as sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const [here, there] = [Ranges.of(left), Ranges.of(right)];
        const [a, b] = [new Set(left), new Set(right)];
        expect([...here.union(there)]).toEqual(sorted(new Set([...a, ...b])));
        expect([...here.intersection(there)]).toEqual(sorted([...a].filter((number) => b.has(number))));
        expect([...here.minus(there)]).toEqual(sorted([...a].filter((number) => !b.has(number))));
        expect([...here]).toEqual(sorted(a));
      }),
    );
  });

  it('is canonical: equal sets have equal records, with gaps between the ranges, and survive JSON', () => {
    fc.assert(
      fc.property(numbers, (added) => {
        const record = Ranges.of(added).toJSON();
        expect(Ranges.of([...added].reverse()).toJSON()).toEqual(record);
        expect(new Ranges(JSON.parse(JSON.stringify(record))).toJSON()).toEqual(record);
        for (let index = 2; index < record.length; index += 2) expect(record[index]).toBeGreaterThan((record[index - 1] ?? Infinity) + 1);
      }),
    );
  });
});
