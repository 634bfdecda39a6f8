import { expect, test } from 'vitest';
import { TokenBucket } from './tokenBucket.js';

test('lets a burst through at once and then the rate', () => {
  const bucket = new TokenBucket(10, 3, 0);
  expect([0, 0, 0, 0].map((ms) => bucket.take(ms))).toEqual([true, true, true, false]);
  expect(bucket.take(99)).toBe(false);
  expect(bucket.take(200)).toBe(true);
});

test('saves up no more than the burst', () => {
  const bucket = new TokenBucket(1000, 2, 0);
  expect([1e6, 1e6, 1e6].map((ms) => bucket.take(ms))).toEqual([true, true, false]);
});
