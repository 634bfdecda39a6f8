import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Node measures from one tick of a timer to the next, so the timer's own period is part of every value. The shorter it is, the more
 * CPU it costs, which is the node's: 26 ms a second at 1 ms, 3 ms at 10 ms. */
const periodMs = 10;

/** How late the event loop gets to what is due, since the last reset. */
export class EventLoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: periodMs });

  start(): void {
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram.disable();
  }

  /** 0 when there was no tick. */
  percentileMs(percentile: number): number {
    return Math.max(0, this.#histogram.percentile(percentile) / 1e6 - periodMs);
  }

  reset(): void {
    this.#histogram.reset();
  }
}
