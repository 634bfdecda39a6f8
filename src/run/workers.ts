import type { Measured } from '../measure/result.js';
import { correctedErrorMs, worstPairMs } from './clocks.js';
import type { LiveFacts } from './live.js';

/** Of the load workers that reported. */
export function workerResults({ cast, reports, clocks }: LiveFacts): Measured['workers'] {
  return cast.workers.flatMap(({ id, clock: before }, index) => {
    const [report, after] = [reports[index], clocks[index]];
    if (!report) return [];
    const { cpuUs, memoryBytes, refusals, disconnects, sendingSeconds } = report;
    const coreShare = cpuUs / 1e6 / Math.max(sendingSeconds, 0.001);
    const clockErrorMs = after ? correctedErrorMs(before, after) : null;
    return [{ id, clockAheadMs: before.aheadMs, clockErrorMs, cpuUs, coreShare, memoryBytes, refusals, disconnects }];
  });
}

/** How far two of the clocks whose times are in the result may be apart. */
export function clockErrorMs(workers: Measured['workers']): number | null {
  const errors = workers.map((worker) => worker.clockErrorMs);
  const known = errors.filter((error) => error !== null);
  return errors.length > 1 && known.length < errors.length ? null : worstPairMs(known);
}
