import { describe, expect, it } from 'vitest';
import { rowTraffic } from './rowTraffic.js';
import { samplePlan } from './testing/sample.js';

describe('what a row says of a whole run', () => {
  it('is the sum over its messages', async () => {
    expect(await rowTraffic(samplePlan)).toMatchObject({ in: 10_000, out: 10_000, relayed: 0 });
    const channel = {
      ...samplePlan,
      strategy: { ...samplePlan.strategy, name: 'single-channel' },
      size: { ...samplePlan.size, brokers: 1 },
    };
    expect(await rowTraffic(channel)).toMatchObject({ in: 10_000, out: 40_000 });
  });

  it('is not known for another size or other options than the row is for', async () => {
    expect(await rowTraffic({ ...samplePlan, size: { ...samplePlan.size, nodes: 5 } })).toBeNull();
    const grouped = { ...samplePlan, size: { ...samplePlan.size, brokers: 4 } };
    expect(await rowTraffic({ ...grouped, strategy: { name: 'grouped', file: null, options: { groups: 4 } } })).toBeNull();
    expect(await rowTraffic({ ...grouped, strategy: { name: 'grouped', file: null, options: { groups: 2 } } })).toMatchObject({
      in: 20_000,
    });
  });
});
