/** Unix time in ms, with fraction, and monotonic within a process. */
export type Clock = () => number;

export const unixMs: Clock = () => performance.timeOrigin + performance.now();
