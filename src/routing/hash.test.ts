import { describe, expect, test } from 'vitest';
import { draw, draws, hash, pick } from './hash.js';

/** Published results of MurmurHash3_x86_32 (SMHasher; Wikipedia, "MurmurHash"). */
const published = [
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['test', 0, 0xba6bd213],
  ['test', 0x9747b28c, 0x704b81dc],
  ['Hello, world!', 0, 0xc0363e43],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
] as const;

test.each(published)('hash(%j, %i) is the published %i', (text, seed, result) => {
  expect(hash(text, seed)).toBe(result);
});

describe('distribution', () => {
  const parts = 16;
  const texts = 16_000;
  /** 99.99 % quantile of chi-square with 15 degrees of freedom. */
  const limit = 44.26;

  test.each([
    ['users', (index: number) => `u:u${index}`],
    ['rooms', (index: number) => `r:r${index}`],
    ['nodes', (index: number) => `n${index}`],
    ['long names that differ at the end', (index: number) => `u:${'a'.repeat(50)}${index}`],
    ['names that differ at the start', (index: number) => `u:${index}${'a'.repeat(50)}`],
  ])('%s spread evenly over the brokers', (_, name) => {
    const counts = new Array<number>(parts).fill(0);
    for (let index = 0; index < texts; index++) {
      const part = hash(name(index)) % parts;
      counts[part] = (counts[part] ?? 0) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(limit);
  });

  test('draws are even', () => {
    const counts = new Array<number>(parts).fill(0);
    const random = draws('n1-1', 7);
    for (let index = 0; index < texts; index++) {
      const part = Math.floor(random() * parts);
      counts[part] = (counts[part] ?? 0) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(limit);
  });
});

function chiSquare(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

test('draws are those of their name and seed', () => {
  const first = draws('n1-1', 7);
  const sequence = [first(), first(), first()];
  const again = draws('n1-1', 7);
  expect([again(), again(), again()]).toEqual(sequence);
  expect(new Set(sequence).size).toBe(3);
  expect(draws('n1-2', 7)()).not.toBe(sequence[0]);
  expect(draws('n1-1', 8)()).not.toBe(sequence[0]);
});

test('pick is stable, draw covers every item and both ends', () => {
  const items = ['a', 'b', 'c'];
  expect(pick(items, 'u:ann')).toBe(items[hash('u:ann') % 3]);
  expect([0, 0.34, 0.67, 1 - 2 ** -32].map((fraction) => draw(items, fraction))).toEqual(['a', 'b', 'c', 'c']);
});

test('there is nothing to take from an empty list', () => {
  expect(() => pick([], 'u:ann')).toThrow(RangeError);
  expect(() => draw([], 0.5)).toThrow(RangeError);
});
