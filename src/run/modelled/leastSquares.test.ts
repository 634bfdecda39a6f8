import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, fitted, type Observation } from './leastSquares.js';

const names = ['base', 'in', 'out'];

/** What was counted and what it took, for costs that are known. */
function observed(costs: Readonly<Record<string, number>>): Observation[] {
  return Array.from({ length: 12 }, (_, index) => {
    const counts = { base: 1, in: 10 + 7 * index, out: 100 - 3 * index + (index % 4) * 40 };
    return {
      run: `run ${index % 4}`,
      counts,
      took: names.reduce((sum, name) => sum + (costs[name] ?? 0) * (counts[name as keyof typeof counts] ?? 0), 0),
    };
  });
}

const cost = fc.double({ min: 1, max: 1_000, noNaN: true });

describe('a fit', () => {
  it('finds the costs that made the observations', () => {
    fc.assert(
      fc.property(fc.record({ base: cost, in: cost, out: cost }), (costs) => {
        const found = fitted(observed(costs), names);
        for (const { counts, took } of observed(costs)) expect(Math.abs(costOf(found, counts) / took - 1)).toBeLessThan(0.02);
      }),
      { seed: 1 },
    );
  });

  it('takes nothing for what costs nothing, and never less', () => {
    const { terms } = fitted(observed({ base: 100, in: 0, out: 5 }), names);
    expect(terms.in?.each).toBeLessThan(0.05);
    expect(terms.in?.each).toBeGreaterThanOrEqual(0);
    expect(terms.out?.each).toBeCloseTo(5, 1);
  });

  it('leaves out what it cannot tell from nothing, and is the surer of the rest', () => {
    const bump = [1.04, 0.97, 1.02, 0.98, 1.03, 0.96, 1.01, 0.99, 0.98, 1.02, 0.97, 1.03];
    const noisy = observed({ base: 3_000, in: 0, out: 5 }).map((one, index) => ({ ...one, took: one.took * (bump[index] ?? 1) }));
    const { terms } = fitted(noisy, names);
    expect(terms.in).toEqual({ each: 0, error: 0 });
    for (const { each, error } of Object.values(terms)) expect(each === 0 || error < each).toBe(true);
    expect(Math.abs((terms.base?.each ?? 0) / 3_000 - 1)).toBeLessThan(0.05);
  });

  it('says how far off it is', () => {
    const noisy = observed({ base: 100, in: 3, out: 5 }).map((one, index) => ({ ...one, took: one.took * (index % 2 === 0 ? 1.2 : 0.8) }));
    const { residualShare, terms } = fitted(noisy, names);
    expect(residualShare).toBeGreaterThan(0.05);
    expect(terms.out?.error).toBeGreaterThan(0);
  });

  it('takes at least what is said', () => {
    expect(costOf({ terms: { in: { each: 0, error: 0 } } }, { in: 10 }, { in: 0.5 })).toBe(5);
  });
});
