/** Unix time in ms, with fraction, and monotonic within a process. */
export function unixMs(): number {
  return performance.timeOrigin + performance.now();
}
