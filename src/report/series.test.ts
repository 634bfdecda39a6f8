import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { seriesHead, whereOf } from './series.js';
import { sampleResult } from './testing/sample.js';
import { wholeSweep } from './testing/samplePages.js';

const head = v.object(seriesHead);
const [result, sweep] = [sampleResult(), wholeSweep()];

describe('what the record of several runs says of their versions', () => {
  it('is the environment of the first, with servers that only later ones had', () => {
    const later = {
      ...result.environment,
      commit: null,
      brokers: { 'redis-0': 'another', nats: 'spawned nats 2.10' },
      settings: { engine: 'fast' },
    };
    const { environment } = whereOf({ environment: later }, whereOf(result));
    expect(environment).toEqual({ ...result.environment, brokers: { ...result.environment.brokers, nats: 'spawned nats 2.10' } });
  });

  it('is read back, and records without it are read as before', () => {
    expect(v.parse(head, { ...sweep, ...whereOf(result) }).environment).toEqual(result.environment);
    expect(v.parse(head, sweep)).not.toHaveProperty('environment');
  });
});
