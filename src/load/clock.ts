/** Unix time in ms, with fraction, and monotonic within a process. */
export type Clock = () => number;

const { timeOrigin } = performance;

export const unixMs: Clock = () => timeOrigin + performance.now();

/** The coordinator's clock, read off one that is ahead of it: all times of a run are in it, so that those of two workers compare. */
export function correctedBy(aheadMs: number, clock: Clock): Clock {
  return () => clock() - aheadMs;
}
