import { wordsOf } from '../error.js';
import { unixMs } from '../load/clock.js';
import type { Measured } from '../measure/result.js';
import type { Stage } from './live.js';

const everyMs = 500;

/** Tells how far the load is until the returned function is called. */
export function showProgress({ plan, cast, watch }: Stage, startUnixMs: number): () => void {
  let asking = false;
  const tell = async () => {
    const all = await Promise.all(cast.workers.map(({ call }) => call.progress()));
    watch.progress({
      step: 'load',
      load: {
        elapsedSeconds: Math.max(0, (unixMs() - startUnixMs) / 1000),
        totalSeconds: plan.size.seconds,
        sent: all.reduce((total, { sent }) => total + sent, 0),
        delivered: all.reduce((total, { delivered }) => total + delivered, 0),
        responseMsP99: slowest(all.map(({ responseMsP99 }) => responseMsP99)),
        workers: all.length,
        over: false,
      },
    });
  };
  const timer = setInterval(() => {
    if (asking || watch.signal.aborted) return;
    asking = true;
    tell()
      .catch((error: unknown) => watch.progress({ step: `no progress to show: ${wordsOf(error)}` }))
      .finally(() => {
        asking = false;
      });
  }, everyMs);
  return () => clearInterval(timer);
}

/** null: at one of them nothing arrived of late, so that nobody knows how long it takes. */
function slowest(all: readonly (number | null)[]): number | null {
  return all.reduce<number | null>((most, ms) => (most === null || ms === null ? null : Math.max(most, ms)), 0);
}

/** The last word on it, from what everyone counted. */
export function showOutcome({ plan, watch }: Pick<Stage, 'plan' | 'watch'>, { counts, latencyMs, rate, workers }: Measured): void {
  const p99 = latencyMs.response.all?.quantiles.find(([quantile]) => quantile === 0.99)?.[1] ?? null;
  watch.progress({
    step: 'load',
    load: {
      elapsedSeconds: rate.seconds ?? 0,
      totalSeconds: plan.size.seconds,
      sent: counts.sent,
      delivered: counts.delivered,
      responseMsP99: p99,
      workers: workers.length,
      over: true,
    },
  });
}
