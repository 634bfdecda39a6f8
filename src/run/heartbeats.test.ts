import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStrategy } from '../plan/strategies.js';
import { Town } from './testing/town.js';

let town: Town;

beforeAll(async () => {
  town = await Town.open({ strategy: await loadStrategy({ name: 'node-cluster', file: null }), file: null }, 4, 'topic');
});
afterAll(() => town?.close());

describe('heartbeats of the workers of a cluster', () => {
  it('are control traffic, which nodes and primary count alike at every moment they are asked', async () => {
    const start = await town.counted();
    let beaten = 0;
    // At every one of many moments: none may fall between two heartbeats by chance.
    while (beaten < 50) {
      const { equations, published } = await town.accountsSince(start, 'control');
      expect(equations.filter(({ holds }) => holds !== true)).toEqual([]);
      expect(published).toBeGreaterThanOrEqual(beaten);
      beaten = published;
    }
  });
});
