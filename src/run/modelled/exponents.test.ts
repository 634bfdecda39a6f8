import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import { exponentsOf } from './exponents.js';
import { requestFor } from './testing/town.js';

const scenario = await loadScenario('direct');

async function slopes(name: string): Promise<ReadonlyMap<string, number | null>> {
  const strategy = await loadStrategy({ name, file: null });
  return new Map(exponentsOf(requestFor(strategy, scenario, {})).map(({ role, against, slope }) => [`${role} ${against}`, slope]));
}

/** By strategies.md: how often a message is handled by one node and one broker, as powers of N, R and the traffic. */
describe('loads grow', () => {
  it.each([
    ['hashed', 'node system', 0],
    ['hashed', 'broker system', 0],
    ['hashed', 'node nodes', -1],
    ['hashed', 'broker brokers', -1],
    ['hashed', 'node users', 1],
    ['single-channel', 'node system', 1],
    ['single-channel', 'broker system', 2],
    ['single-channel', 'node nodes', 0],
    ['redis-broadcast', 'node system', 1],
    ['random-publish', 'node system', 1],
    ['random-publish', 'broker brokers', -1],
    ['publish-all', 'node system', 1],
    ['redis-cluster', 'node system', 1],
    ['user-channels', 'broker system', 1],
    ['mesh-master', 'broker system', 1],
    ['node-inbox', 'broker system', 0],
  ])('%s, %s: as the power %d', async (name, place, power) => {
    const found = (await slopes(name)).get(place);
    expect(Math.abs((found ?? Number.NaN) - power)).toBeLessThan(0.1);
  });

  it('without brokers there is nothing to grow', async () => {
    expect((await slopes('single-server')).get('broker system')).toBeNull();
  });
});
