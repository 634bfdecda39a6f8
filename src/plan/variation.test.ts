import { describe, expect, it } from 'vitest';
import { pointsOf, readVariation, writeVariation } from './variation.js';

describe('what a sweep varies', () => {
  it('is read, and written as it was', () => {
    expect(readVariation('nodes=1,2,4,8')).toEqual({ name: 'nodes', values: [1, 2, 4, 8] });
    expect(readVariation('rate=0.5,100')).toEqual({ name: 'rate', values: [0.5, 100] });
    expect(writeVariation(readVariation('users=100, 200'))).toBe('users=100,200');
  });

  it.each(['', 'nodes', 'nodes=', 'nodes=1,x', 'nodes=0,1', 'nodes=1.5,2', 'seed=1,2', 'toString=1,2'])('%s is none', (text) => {
    expect(() => readVariation(text)).toThrow(/is no variation.*like nodes=1,2,4,8/);
  });

  it.each(['nodes=4', 'nodes=4,4,8'])('%s shows no growth', (text) => {
    expect(() => readVariation(text)).toThrow('growth is seen between different values');
  });

  it('makes every combination', () => {
    const points = pointsOf([readVariation('nodes=1,2'), readVariation('brokers=3,4')]);
    expect(points).toEqual([
      { nodes: 1, brokers: 3 },
      { nodes: 1, brokers: 4 },
      { nodes: 2, brokers: 3 },
      { nodes: 2, brokers: 4 },
    ]);
  });
});
