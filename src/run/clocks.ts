import { unixMs } from '../load/clock.js';

/** How far another clock is ahead of this one, and how far that may be wrong, ms. */
export interface Offset {
  readonly aheadMs: number;
  readonly errorMs: number;
}

/** Enough for one of them to meet no queue; on loopback they take a few ms together. */
const roundTrips = 20;

/**
 * The other clock was read somewhere within the round trip, so half of that is the largest error of taking the middle; the shortest one
 * says most (Mills, RFC 5905, clock filter).
 */
export async function offsetOf(ask: () => Promise<{ readonly unixMs: number }>, clock = unixMs): Promise<Offset> {
  let best: Offset = { aheadMs: 0, errorMs: Infinity };
  for (let trip = 0; trip < roundTrips; trip++) {
    const askedMs = clock();
    const other = await ask();
    const answeredMs = clock();
    const errorMs = (answeredMs - askedMs) / 2;
    if (errorMs < best.errorMs) best = { aheadMs: other.unixMs - askedMs - errorMs, errorMs };
  }
  return best;
}

/** How far a clock corrected by `before` may have been off until `after`: its error then, or what it drifted and the error of seeing that. */
export function correctedErrorMs(before: Offset, after: Offset): number {
  return Math.max(before.errorMs, Math.abs(after.aheadMs - before.aheadMs) + after.errorMs);
}

/** How far two of these clocks may be apart; 0 for one alone, which is never apart from itself. */
export function worstPairMs(errorsMs: readonly number[]): number {
  const [worst = 0, second] = errorsMs.toSorted((one, other) => other - one);
  return second === undefined ? 0 : worst + second;
}
