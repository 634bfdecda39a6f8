import { expect, it } from 'vitest';
import { loadStrategy } from '../../plan/strategies.js';
import { checkMemory, type Need, needOf } from './memory.js';
import { simulatedPlan } from './testing/plans.js';

async function need(name: string, size: { nodes: number; users: number; brokers: number }): Promise<Need> {
  const plan = await simulatedPlan(name, 'direct', { size: { ...size, ratePerSecond: 100_000, seconds: 10 } });
  const { route } = await loadStrategy({ name, file: null });
  return needOf(plan, route(plan.topology, plan.strategy.options), { rooms: [] });
}

it('grows with users, not with users x nodes, where the strategy keeps nothing for each node', async () => {
  const [few, many] = [
    await need('hashed', { nodes: 100, users: 1_000_000, brokers: 100 }),
    await need('hashed', { nodes: 10_000, users: 1_000_000, brokers: 1_000 }),
  ];
  expect(many.bytes).toBeLessThan(2 * few.bytes);
  expect(many.bytes).toBeLessThan(4.5e9);
  expect(many).toMatchObject({ subscriptions: 1, entries: 0 });
});

it('grows with users x nodes where every node is told of every user, and says so', async () => {
  const size = { nodes: 1_000, users: 1_000_000, brokers: 1 };
  const [plan, told] = [await simulatedPlan('mesh-replicated', 'direct', { size }), await need('mesh-replicated', size)];
  expect(told.entries).toBe(1_000);
  expect(checkMemory(plan, told, 1e9)).toEqual([expect.stringContaining('1000 entries of a directory for each user')]);
  expect(() => checkMemory(plan, told, 16_000)).toThrow(/about \d+ MB of memory.*may take 16000 MB on this machine; simulate fewer/);
});

it('has nothing to say of what fits', async () => {
  const plan = await simulatedPlan('hashed', 'direct');
  expect(checkMemory(plan, await need('hashed', { nodes: 4, users: 400, brokers: 3 }), 4_000)).toEqual([]);
});
