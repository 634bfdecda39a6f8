import { expect, it } from 'vitest';
import { hopsMs, readHopLatency, writeHopLatency } from './hopLatency.js';
import { randomOf } from './random.js';

it.each([
  ['0.2ms', { distribution: 'constant', ms: 0.2 }],
  ['250us', { distribution: 'constant', ms: 0.25 }],
  ['uniform:0.1ms,0.4ms', { distribution: 'uniform', leastMs: 0.1, mostMs: 0.4 }],
  ['exponential:1s', { distribution: 'exponential', meanMs: 1000 }],
  ['lognormal:0.2ms,0.5', { distribution: 'lognormal', medianMs: 0.2, sigma: 0.5 }],
])('%s is read, and read again as it is written', (text, latency) => {
  expect(readHopLatency(text)).toEqual(latency);
  expect(readHopLatency(writeHopLatency(readHopLatency(text)))).toEqual(latency);
});

it.each([
  '',
  '0.2',
  '-1ms',
  '1ms,2ms',
  'uniform:1ms',
  'uniform:2ms,1ms',
  'lognormal:1ms',
  'lognormal:1ms,-1',
  'gamma:1ms',
  'exponential:1ms,2ms',
])('"%s" is refused with examples', (text) => expect(() => readHopLatency(text)).toThrow(/is no latency; give a time, like 0\.2ms/));

it.each([
  ['2ms', 2, 2],
  ['uniform:1ms,3ms', 2, 3],
  ['exponential:2ms', 2, Infinity],
  // exp(mu + sigma^2 / 2)
  ['lognormal:2ms,0.5', 2 * Math.exp(0.125), Infinity],
])('%s has its mean, and stays within its bounds', (text, meanMs, mostMs) => {
  const next = hopsMs(readHopLatency(text), randomOf(1, 'test'));
  const drawn = Array.from({ length: 100_000 }, next);
  expect(drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length).toBeCloseTo(meanMs, 1);
  expect(Math.min(...drawn.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn.slice(0, 10_000))).toBeLessThanOrEqual(mostMs);
});
