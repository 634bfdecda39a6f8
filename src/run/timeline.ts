import { unixMs } from '../load/clock.js';
import { sum } from '../measure/accounting.js';
import { Steps, stepSecondsOf } from '../measure/steps.js';
import type { Timeline } from '../measure/timelineSchema.js';
import type { NodePeek, WorkerReport } from '../processes/protocol.js';
import type { Stage } from './live.js';

/** How the nodes were at the end of one step; null: one did not say. */
type Sample = readonly NodePeek[] | null;

/** What is seen of a run from outside while its load is played. */
export interface Watched {
  readonly samples: readonly Sample[];
  readonly marks: Timeline['marks'];
}

/** Asks every node once in a step how it is, and notes when a process ends unasked, until the returned function is called. */
export function watchNodes({ plan, cast, watch }: Pick<Stage, 'plan' | 'cast' | 'watch'>, startUnixMs: number): () => Watched {
  const samples: Sample[] = [];
  const marks: Timeline['marks'] = [];
  const stepSeconds = stepSecondsOf(plan.size.seconds);
  cast.processes.firstDeath.then(({ id, words }) => {
    marks.push({ atSeconds: (unixMs() - startUnixMs) / 1000, words: `[${id}] ${words}` });
  }, ignored);
  const timer = setInterval(() => {
    if (watch.signal.aborted) return;
    const index = samples.push(null) - 1;
    Promise.all(cast.nodes.map(({ call }) => call.peek())).then((peeks) => {
      samples[index] = peeks;
    }, ignored);
  }, stepSeconds * 1000);
  return () => {
    clearInterval(timer);
    return { samples: [...samples], marks: [...marks] };
  };
}

/** A node that does not answer is missed by those who wait for it; here its step stays unknown. */
function ignored(): void {}

/** All that is known of the steps of a run; undefined where no load worker told of any. */
export function timelineOf(
  seconds: number,
  reports: readonly Pick<WorkerReport, 'steps'>[],
  { samples, marks }: Watched,
): Timeline | undefined {
  const stepSeconds = stepSecondsOf(seconds);
  const steps = new Steps(stepSeconds);
  for (const report of reports) steps.merge(new Steps(stepSeconds, report.steps));
  if (steps.sent.length === 0) return undefined;
  const over = (figure: (peeks: readonly NodePeek[]) => number) => samples.map((sample) => (sample === null ? null : figure(sample)));
  const memory = (peeks: readonly NodePeek[]) => peeks.map(({ memoryBytes }) => memoryBytes);
  return {
    stepSeconds,
    sent: steps.sent,
    delivered: steps.delivered,
    responseMsP50: steps.responseMs(0.5),
    responseMsP99: steps.responseMs(0.99),
    nodes: {
      connections: over((peeks) => sum(peeks.map(({ connections }) => connections))),
      subscriptions: over((peeks) => sum(peeks.map(({ subscriptions }) => subscriptions))),
      memoryBytesMean: over((peeks) => Math.round(sum(memory(peeks)) / peeks.length)),
      memoryBytesMost: over((peeks) => Math.max(...memory(peeks))),
    },
    marks,
  };
}
