import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StepFact, Steps, stepSecondsOf } from './steps.js';

const fact: fc.Arbitrary<StepFact> = fc.record(
  {
    atSeconds: fc.double({ min: -1, max: 2000, noNaN: true }),
    responseMs: fc.double({ min: 0, max: 4e6, noNaN: true }),
  },
  { requiredKeys: ['atSeconds'] },
);

function stepsOf(facts: readonly StepFact[]): Steps {
  const steps = new Steps(2);
  for (const one of facts) steps.add(one);
  return steps;
}

describe('steps of a run', () => {
  it('are merged in any order, also after they were written and read', () => {
    fc.assert(
      fc.property(fc.array(fact), fc.array(fact), (one, other) => {
        const merged = stepsOf(one);
        merged.merge(new Steps(2, JSON.parse(JSON.stringify(stepsOf(other)))));
        expect(merged.toJSON()).toEqual(stepsOf([...other, ...one]).toJSON());
      }),
    );
  });

  it('say how many were sent and arrived in each, and how long those took, within a twentieth', () => {
    const arrivals = Array.from({ length: 100 }, (_, index) => ({ atSeconds: 3.9, responseMs: index + 1 }));
    const steps = stepsOf([{ atSeconds: 0 }, { atSeconds: 1.99 }, { atSeconds: 2 }, ...arrivals]);
    expect([steps.sent, steps.delivered]).toEqual([
      [2, 1],
      [0, 100],
    ]);
    const [none, median] = steps.responseMs(0.5);
    const [, p99] = steps.responseMs(0.99);
    expect(none).toBeNull();
    expect(Math.abs((median ?? 0) / 50 - 1)).toBeLessThan(0.05);
    expect(Math.abs((p99 ?? 0) / 99 - 1)).toBeLessThan(0.05);
  });

  it('say how long it took of late: in the last step that is over, not in all so far', () => {
    const arrived = (atSeconds: number, responseMs: number) => ({ atSeconds, responseMs });
    const latest = (...facts: StepFact[]) => stepsOf(facts).latestResponseMs(0.99);
    expect(latest()).toBeNull();
    expect(latest(arrived(0, 10))).toBeCloseTo(10, 0);
    expect(latest(arrived(0, 500), arrived(2, 10), arrived(4, 90))).toBeCloseTo(10, 0);
    expect(latest(arrived(0, 500), { atSeconds: 2 }, { atSeconds: 4 })).toBeNull();
  });

  it('are few, however long a run is', () => {
    expect([1, 60, 300, 301, 1800, 86_400].map(stepSecondsOf)).toEqual([1, 1, 1, 2, 6, 288]);
  });
});
