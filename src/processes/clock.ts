/** Unix time in ms, with fraction, and monotonic within a process. */
export type Clock = () => number;

const { timeOrigin } = performance;

export const unixMs: Clock = () => timeOrigin + performance.now();
