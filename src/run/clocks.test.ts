import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedErrorMs, offsetOf, worstPairMs } from './clocks.js';

/** A clock that moves only when a message travels, and another that is ahead of it by so much. */
function apart(aheadMs: number, travelsMs: readonly (readonly [there: number, back: number])[]) {
  let nowMs = 1e12;
  let trip = 0;
  const ask = async () => {
    const [there, back] = travelsMs[trip++ % travelsMs.length] ?? [0, 0];
    nowMs += there;
    const unixMs = nowMs + aheadMs;
    nowMs += back;
    return { unixMs };
  };
  return { ask, clock: () => nowMs };
}

describe('the offset of a clock', () => {
  const ms = fc.double({ min: 0, max: 500, noNaN: true });

  it('is within its stated error, however unlike the ways there and back are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        fc.array(fc.tuple(ms, ms), { minLength: 1 }),
        async (ahead, travels) => {
          const { ask, clock } = apart(ahead, travels);
          const { aheadMs, errorMs } = await offsetOf(ask, clock);
          expect(Math.abs(aheadMs - ahead)).toBeLessThanOrEqual(errorMs + 0.01);
        },
      ),
    );
  });

  it('is taken from the shortest round trip', async () => {
    const { ask, clock } = apart(1234, [
      [300, 10],
      [1, 1],
      [40, 0],
    ]);
    const { aheadMs, errorMs } = await offsetOf(ask, clock);
    expect(aheadMs).toBeCloseTo(1234, 3);
    expect(errorMs).toBeCloseTo(1, 3);
  });
});

describe('the error of a corrected clock', () => {
  it('grows with what it drifted meanwhile', () => {
    expect(correctedErrorMs({ aheadMs: 10, errorMs: 0.5 }, { aheadMs: 10, errorMs: 0.1 })).toBe(0.5);
    expect(correctedErrorMs({ aheadMs: 10, errorMs: 0.5 }, { aheadMs: 13, errorMs: 0.25 })).toBe(3.25);
    expect(correctedErrorMs({ aheadMs: 13, errorMs: 0.5 }, { aheadMs: 10, errorMs: 0.25 })).toBe(3.25);
  });

  it('adds up for the worst two, and is none for one alone', () => {
    expect(worstPairMs([0.5, 3, 2, 1])).toBe(5);
    expect(worstPairMs([3])).toBe(0);
    expect(worstPairMs([])).toBe(0);
  });
});
