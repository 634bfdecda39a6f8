import { type Clock, unixMs } from '../processes/clock.js';

export { type Clock, unixMs };

/** The coordinator's clock, read off one that is ahead of it: all times of a run are in it, so that those of two workers compare. */
export function correctedBy(aheadMs: number, clock: Clock): Clock {
  return () => clock() - aheadMs;
}
