import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from './holm.js';

const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

function rejected(all: readonly number[], chance = 0.05): readonly boolean[] {
  return holm(all, chance).map((step) => step.rejected);
}

describe("Holm's correction", () => {
  it('goes down from the smallest until one is not small enough, as in the example of Holm 1979', () => {
    expect(rejected([0.01, 0.04, 0.03, 0.005])).toEqual([true, false, false, true]);
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.06).map(({ share }) => share)).toEqual([0.02, 0.06, 0.03, 0.015]);
  });

  it('rejects all that Bonferroni rejects, and nothing that an uncorrected test would not', () => {
    fc.assert(
      fc.property(chances, (all) => {
        const steps = rejected(all);
        for (const [index, chance] of all.entries()) {
          if (chance <= 0.05 / all.length) expect(steps[index]).toBe(true);
          if (chance > 0.05) expect(steps[index]).toBe(false);
        }
      }),
    );
  });

  it('rejects exactly those whose chance is at most the share they stand at', () => {
    fc.assert(
      fc.property(chances, (all) => {
        for (const [index, { share, rejected }] of holm(all, 0.05).entries()) expect((all[index] ?? 1) <= share).toBe(rejected);
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }), (all) => {
        expect(rejected(all.toReversed()).toReversed()).toEqual(rejected(all));
      }),
    );
  });
});
