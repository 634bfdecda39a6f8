import { describe, expect, it } from 'vitest';
import { planOf } from '../../plan/plan.js';
import { loadScenario } from '../../plan/scenarios.js';
import { checkedStrategy } from '../../plan/strategies.js';
import type { Plan, RoomForm } from '../../plan/types.js';
import { evenBounds } from './spread.js';

/** The load of the live runs. */
async function plan(name: string, scenario: 'direct' | 'rooms', rooms: RoomForm): Promise<Plan> {
  const { strategy } = await checkedStrategy(name);
  return planOf({
    strategy,
    strategyFile: null,
    options: strategy.options ?? {},
    scenario: await loadScenario(scenario),
    sizeName: 'smoke',
    size: { nodes: 4, brokers: 3, users: 400, ratePerSecond: scenario === 'direct' ? 400 : 100, seconds: 0.5, bytes: 64 },
    rooms,
    seed: 7,
    run: 'test',
    workers: 1,
    attach: { brokers: null, store: null },
    command: 'none',
  });
}

describe('an even load', () => {
  it.each([
    ['direct', 'members'],
    ['rooms', 'members'],
    ['rooms', 'topic'],
  ] as const)('of the live runs is not one that all falls to one broker, or leaves one out (%s, %s)', async (scenario, rooms) => {
    const hashed = await plan('hashed', scenario, rooms);
    const total = scenario === 'direct' ? 200 : rooms === 'topic' ? 50 : 300;
    const { least, most } = await evenBounds(hashed, [total, 0, 0]);
    expect(most).toBeLessThan(total);
    expect(most).toBeGreaterThan(total / 3);
    if (scenario === 'direct') expect(least).toBeGreaterThan(0);
  });

  it('of messages that draw once for all their recipients varies more than one of topics', async () => {
    const [drawn, hashed] = await Promise.all([
      plan('user-channels-random-publish', 'rooms', 'members'),
      plan('hashed', 'rooms', 'members'),
    ]);
    const [wide, narrow] = await Promise.all([evenBounds(drawn, [100, 100, 100]), evenBounds(hashed, [100, 100, 100])]);
    expect(wide.most).toBeGreaterThan(narrow.most);
  });

  it('where every broker takes every message in is the same at each', async () => {
    expect(await evenBounds(await plan('publish-all', 'direct', 'members'), [200, 200, 200])).toEqual({ least: 200, most: 200 });
  });

  it('is asked only of strategies whose row says it', async () => {
    await expect(evenBounds(await plan('redis-cluster', 'direct', 'members'), [1])).rejects.toThrow(/redis-cluster says nothing/);
  });
});
