import fc from 'fast-check';
import { expect, it } from 'vitest';
import { argSort } from './argSort.js';

it('sorts indices by their numbers, equal ones as they come, and leaves out what is less than the least', () => {
  const number = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 2 ** 27 - 1 }));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), fc.nat(3), (numbers, least) => {
      const indices = numbers.flatMap((value, index) => (value >= least ? [index] : []));
      const expected = indices.sort((one, other) => (numbers[one] ?? 0) - (numbers[other] ?? 0));
      expect([...argSort(Int32Array.from(numbers), least)]).toEqual(expected);
    }),
  );
});
