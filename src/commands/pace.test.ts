import { describe, expect, it } from 'vitest';
import { standardHopLatency } from '../plan/hopLatency.js';
import type { Plan } from '../plan/types.js';
import { samplePlan } from '../report/testing/sample.js';
import { Pace } from './pace.js';

const plan: Plan = { ...samplePlan, warmUpSeconds: 1, size: { ...samplePlan.size, seconds: 9 } };
const simulated: Plan = { ...plan, hopLatency: standardHopLatency };

function paceAt() {
  const clock = { seconds: 0 };
  return { clock, pace: new Pace(() => clock.seconds) };
}

describe('how long a run takes', () => {
  it('is guessed before one was seen, and learnt from those that were', () => {
    const { clock, pace } = paceAt();
    expect(pace.expected(plan)).toBe(10 + 5);
    for (const took of [12, 16]) {
      const run = pace.begin(plan);
      clock.seconds += took;
      run.over();
    }
    expect(pace.expected(plan)).toBe(10 + (2 + 6) / 2);
    expect(pace.expected({ ...plan, warmUpSeconds: 0 })).toBe(9 + 4);
  });

  it('is less while it runs, and never less than nothing', () => {
    const { clock, pace } = paceAt();
    const run = pace.begin(plan);
    clock.seconds = 6;
    expect(run.left()).toBe(9);
    clock.seconds = 60;
    expect(run.left()).toBe(0);
  });

  it('of a simulation nobody knows before one was seen: virtual seconds take none', () => {
    const { clock, pace } = paceAt();
    expect(pace.expected(simulated)).toBeNull();
    const run = pace.begin(simulated);
    expect(run.left()).toBeNull();
    clock.seconds = 3;
    run.over();
    expect(pace.expected(simulated)).toBe(3);
  });
});
