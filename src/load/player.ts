import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { type Clock, unixMs } from './clock.js';

/**
 * Open loop: performs every step at its intended time, whatever the system under load does, and waits for nothing but the clock.
 * A timer only wakes it; then all that is due is performed, and between two turns the process may receive. After `halt` nothing more is.
 */
export async function play<Step extends { readonly atMs: number }>(
  steps: Iterable<Step>,
  startUnixMs: number,
  perform: (step: Step, intendedMs: number) => void,
  { halt, clock = unixMs }: { readonly halt?: AbortSignal; readonly clock?: Clock } = {},
): Promise<void> {
  let nowMs = clock();
  for (const step of steps) {
    const intendedMs = startUnixMs + step.atMs;
    while (nowMs < intendedMs) nowMs = await awake(intendedMs, clock);
    if (halt?.aborted === true) return;
    perform(step, intendedMs);
  }
}

/** The time after a turn of the event loop, if possible at that time. */
async function awake(atUnixMs: number, clock: Clock): Promise<number> {
  const waitMs = Math.ceil(atUnixMs - clock());
  await (waitMs > 0 ? sleep(waitMs) : turn());
  return clock();
}
