import { describe, expect, it } from 'vitest';
import type { Size } from '../routing/types.js';
import { planOf, type Request } from './plan.js';
import { loadScenario } from './scenarios.js';
import { loadStrategy } from './strategies.js';
import type { Plan } from './types.js';

async function planned(strategy: string, scenario: string, size: Partial<Size>, changes: Partial<Request> = {}): Promise<Plan> {
  return planOf({
    strategy: await loadStrategy({ name: strategy, file: null }),
    strategyFile: null,
    options: {},
    scenario: await loadScenario(scenario),
    sizeName: 'smoke',
    size,
    rooms: 'members',
    seed: 1,
    run: 'test',
    workers: 1,
    attach: { brokers: null, store: null },
    command: '',
    ...changes,
  });
}

describe('the rate', () => {
  it('may be below one message per second', async () => {
    expect((await planned('hashed', 'direct', { ratePerSecond: 0.5, seconds: 10 })).size.ratePerSecond).toBe(0.5);
  });

  it.each([0.5, 0, -1, Number.NaN])('of %d must give one message within the duration', async (ratePerSecond) => {
    await expect(planned('hashed', 'direct', { ratePerSecond, seconds: 0.5 })).rejects.toMatchObject({ fault: 'usage' });
  });
});

describe('the users', () => {
  it('must be as many as the nodes that the strategy runs with, not those that were asked for', async () => {
    expect((await planned('single-server', 'rooms', { nodes: 4, users: 1 })).size).toMatchObject({ nodes: 1, users: 1 });
    await expect(planned('hashed', 'rooms', { nodes: 4, users: 1 })).rejects.toThrow(
      '--users 1 is fewer than --nodes 4: every node needs somebody online; give --nodes 1 or --users 4',
    );
  });

  it('must be enough for the scenario, which is said before anything starts', async () => {
    await expect(planned('single-server', 'direct', { users: 1 })).rejects.toThrow('needs at least 2 users');
  });
});

describe('the warm-up', () => {
  it.each([
    [1, 0.2],
    [10, 2],
    [600, 5],
  ])('before %d s is %d s when nobody says otherwise', async (seconds, warmUpSeconds) => {
    expect((await planned('hashed', 'direct', { seconds })).warmUpSeconds).toBe(warmUpSeconds);
  });

  it('may be left out', async () => {
    expect((await planned('hashed', 'direct', {}, { warmUpSeconds: 0 })).warmUpSeconds).toBe(0);
  });
});

it('waits longer for more users to connect', async () => {
  const [few, many] = [await planned('hashed', 'direct', { users: 10 }), await planned('hashed', 'direct', { users: 10_000 })];
  expect(many.timing.setUpMs - few.timing.setUpMs).toBe(99_900);
});
