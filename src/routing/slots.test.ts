import { describe, expect, it } from 'vitest';
import { ownerOf, slotCount, slotOf, slotRanges } from './slots.js';

describe('slotOf', () => {
  // The check value of CRC-16/XMODEM and two slots that Redis 7.0 itself answered to CLUSTER KEYSLOT.
  it.each([
    ['123456789', 0x31c3],
    ['foo', 12_182],
    ['u:ann', 13_189],
    ['', 0],
  ])('of "%s" is %d', (tag, slot) => expect(slotOf(tag)).toBe(slot));
});

describe.each([1, 2, 3, 5, 6, 7, 16, 1000])('the slots of %d primaries', (count) => {
  const primaries = Array.from({ length: count }, (_, index) => ({ id: `r${index + 1}`, kind: 'redis-sharded' }));
  const ranges = slotRanges(count);

  it('follow each other without a gap and are even', () => {
    expect(ranges[0]?.first).toBe(0);
    expect(ranges.at(-1)?.last).toBe(slotCount - 1);
    for (const [index, { first }] of ranges.entries()) if (index > 0) expect(first).toBe((ranges[index - 1]?.last ?? 0) + 1);
    const sizes = ranges.map(({ first, last }) => last - first + 1);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('belong to the primary that they were given to', () => {
    for (const [index, { first, last }] of ranges.entries()) {
      expect([ownerOf(first, primaries), ownerOf(last, primaries)]).toEqual([primaries[index], primaries[index]]);
    }
  });
});

it('no slot belongs to anybody where there is no primary', () => {
  expect(() => ownerOf(0, [])).toThrow('no primary of 0 owns slot 0');
});
