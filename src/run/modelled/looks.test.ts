import { expect, it } from 'vitest';
import { loadStrategy } from '../../plan/strategies.js';
import { simulatedPlan } from '../simulated/testing/plans.js';
import { looksOf } from './looks.js';

async function looks(name: string, brokers: number): Promise<number> {
  const plan = await simulatedPlan(name, 'direct', { size: { brokers } });
  return looksOf({ plan, strategy: await loadStrategy(plan.strategy) });
}

it('whoever lets all brokers bid looks at each of them for every answer', async () => {
  expect(await looks('rendezvous', 50)).toBe(100);
  expect(await looks('rendezvous', 100)).toBe(200);
});

it.each(['hashed', 'ring', 'partition-ring'])('%s looks at no more of them when there are more', async (name) => {
  expect(await looks(name, 200)).toBe(await looks(name, 50));
  expect(await looks(name, 200)).toBeLessThan(10);
});
