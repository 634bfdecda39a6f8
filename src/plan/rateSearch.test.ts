import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bracket, rateSearch, type SearchRange, type Trial } from './rateSearch.js';

const range: SearchRange = { startRate: 100, leastRate: 1, mostRate: 1e6, precision: 0.1 };

interface Searched {
  readonly bracket: Bracket;
  readonly trials: readonly Trial[];
}

/** Plays a search against a system that is given by its answers. */
function searched(holds: (rate: number, trial: number) => boolean, of: Partial<SearchRange> = {}): Searched {
  const search = rateSearch({ ...range, ...of });
  const trials: Trial[] = [];
  let next = search.next();
  while (!next.done) {
    trials.push(next.value);
    next = search.next(holds(next.value.ratePerSecond, trials.length));
  }
  return { bracket: next.value, trials };
}

/** `double 100 100, bisect 141`: each step with its rates. */
function told(trials: readonly Trial[]): string {
  return trials.map(({ step, ratePerSecond }) => `${step} ${ratePerSecond}`).join(', ');
}

describe('the highest rate that holds', () => {
  it('is doubled to, then bisected to, then confirmed below; two votes decide a step', () => {
    const { bracket, trials } = searched((rate) => rate <= 300);
    expect(told(trials)).toBe(
      'double 100, double 100, double 200, double 200, double 400, double 400, ' +
        'bisect 283, bisect 283, bisect 336, bisect 336, bisect 308, bisect 308, confirm 255, confirm 255',
    );
    expect(bracket).toEqual({ holds: 283, breaks: 308, confirmedAt: 255 });
  });

  it('takes a third vote where two disagree', () => {
    const unlucky = searched((rate, trial) => rate <= 300 && trial !== 1);
    expect(told(unlucky.trials)).toMatch(/^double 100, double 100, double 100, double 200, double 200, double 400/);
    expect(unlucky.bracket).toEqual({ holds: 283, breaks: 308, confirmedAt: 255 });
  });

  it('is looked for below the start where that breaks', () => {
    const { bracket, trials } = searched((rate) => rate <= 30);
    expect(told(trials)).toMatch(/^double 100, double 100, halve 50, halve 50, halve 25, halve 25, bisect 35\.4/);
    expect(bracket).toMatchObject({ holds: 29.7, breaks: 32.4 });
  });

  it('is nowhere where nothing holds, and open where nothing breaks', () => {
    expect(searched(() => false).bracket).toEqual({ holds: null, breaks: 1.56, confirmedAt: null });
    expect(searched(() => true, { mostRate: 700 }).bracket).toEqual({ holds: 700, breaks: null, confirmedAt: 630 });
    expect(searched(() => true, { startRate: 900, mostRate: 700 }).bracket).toEqual({ holds: 700, breaks: null, confirmedAt: 630 });
  });

  it('that is not confirmed is looked for below', () => {
    let confirmations = 0;
    const { bracket } = searched((rate) => rate <= 300 && (rate !== 255 || ++confirmations > 2));
    expect(bracket.confirmedAt).not.toBeNull();
    expect(bracket.breaks).toBeLessThanOrEqual(255);
  });

  it('is given up unconfirmed after a second confirmation that broke', () => {
    const search = rateSearch(range);
    let next = search.next();
    let confirmations = 0;
    while (!next.done) {
      const { step, ratePerSecond } = next.value;
      if (step === 'confirm') confirmations++;
      next = search.next(step !== 'confirm' && ratePerSecond <= 300);
    }
    expect(confirmations).toBe(2 * 2);
    expect(next.value).toMatchObject({ confirmedAt: null });
    expect(next.value.holds).toBeGreaterThan(0);
  });

  it('tells how many measurements may follow once a rate has broken', () => {
    const { trials } = searched((rate) => rate <= 300);
    expect(trials.slice(0, 6).every(({ later }) => later === null)).toBe(true);
    const known = trials.slice(6).map(({ later }) => later ?? Number.NaN);
    expect(known.at(-1)).toBe(0);
    expect(known.every((later, index) => later >= known.length - 1 - index)).toBe(true);
  });

  it('lies in the bracket, whatever it is, and the bracket is as narrow as was asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e5, noNaN: true }), fc.integer({ min: 1, max: 5_000 }), (capacity, startRate) => {
        const { bracket } = searched((rate) => rate <= capacity, { startRate, leastRate: 0.1 });
        expect(bracket.holds ?? Number.NaN).toBeLessThanOrEqual(capacity);
        expect(bracket.breaks ?? Number.NaN).toBeGreaterThan(capacity);
        expect((bracket.breaks ?? Number.NaN) / (bracket.holds ?? Number.NaN)).toBeLessThanOrEqual(1.1);
        expect(bracket.confirmedAt).not.toBeNull();
      }),
    );
  });
});
