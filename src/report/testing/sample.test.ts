import { describe, expect, it } from 'vitest';
import { loadOfAll } from '../loads.js';
import { failingResult, modelledResult, sampleResult } from './sample.js';

describe('the invented results', () => {
  it('balance where they pass', () => {
    const result = sampleResult();
    expect(result.equations.filter(({ holds }) => holds !== true)).toEqual([]);
    expect(loadOfAll(result)).toMatchObject({ published: 10_000, received: 10_000, deliveredToSockets: 10_000 });
    expect(result.amplification).toBe(2);
    expect(result.brokers.reduce((total, { channels }) => total + (channels ?? 0), 0)).toBe(400);
  });

  it('differ at one place where they fail', () => {
    const differ = failingResult().equations.filter(({ holds }) => holds === false);
    expect(differ.map(({ place }) => place)).toEqual(['redis-1']);
  });

  it('hold no speed where nothing ran', () => {
    const { nodes, brokers, latencyMs, costUsPerDelivered } = modelledResult();
    expect([...nodes, ...brokers].every(({ cpuUs }) => cpuUs === null)).toBe(true);
    expect(latencyMs.response.all).toBeNull();
    expect(costUsPerDelivered.node).toBeNull();
  });
});
