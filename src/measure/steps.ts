import type { Tally } from './tally.js';

/** More points than these no chart tells apart, and no record needs. */
const mostSteps = 300;

/** How long the steps of a run are: one second, or so long that there are a few hundred of them. */
export function stepSecondsOf(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / mostSteps));
}

/** A message that was sent (no response), or its first copy that arrived: so long after the load began. */
export interface StepFact {
  readonly atSeconds: number;
  readonly responseMs?: number;
}

/** Of one step: messages sent, and how many arrived after about so long, by the number of the span. */
export type StepRow = readonly [sent: number, arrived: readonly (readonly [span: number, count: number])[]];

interface Step {
  sent: number;
  readonly arrived: Map<number, number>;
}

/** Spans grow by a twentieth: good for a line in a chart at next to no cost for each message; the percentiles of a result come from its histograms. */
const growth = 1.05;
const leastMs = 0.001;
const longestMs = 3_600_000;

/** What happened in each step of a run. */
export class Steps implements Tally<StepFact> {
  readonly #stepSeconds: number;
  readonly #steps: Step[];

  constructor(stepSeconds: number, rows: readonly StepRow[] = []) {
    this.#stepSeconds = stepSeconds;
    this.#steps = rows.map(([sent, arrived]) => ({ sent, arrived: new Map(arrived) }));
  }

  /** What comes after twice the steps a run may have is of the last of them. */
  add({ atSeconds, responseMs }: StepFact): void {
    const step = this.#at(Math.min(Math.max(0, Math.floor(atSeconds / this.#stepSeconds)), 2 * mostSteps));
    if (responseMs === undefined) step.sent++;
    else step.arrived.set(spanOf(responseMs), (step.arrived.get(spanOf(responseMs)) ?? 0) + 1);
  }

  merge(other: Steps): void {
    for (const [index, { sent, arrived }] of other.#steps.entries()) {
      const step = this.#at(index);
      step.sent += sent;
      for (const [span, count] of arrived) step.arrived.set(span, (step.arrived.get(span) ?? 0) + count);
    }
  }

  get sent(): number[] {
    return this.#steps.map((step) => step.sent);
  }

  get delivered(): number[] {
    return this.#steps.map(countOf);
  }

  /** What this share of the arrivals of each step did not exceed, within a twentieth; null where nothing arrived. */
  responseMs(share: number): (number | null)[] {
    return this.#steps.map((step) => quantileOf(step, share));
  }

  /** The same of the last step that is over, or of the first while it lasts; null where nothing arrived in it. */
  latestResponseMs(share: number): number | null {
    const latest = this.#steps.at(-2) ?? this.#steps[0];
    return latest === undefined ? null : quantileOf(latest, share);
  }

  toJSON(): StepRow[] {
    return this.#steps.map(({ sent, arrived }) => [sent, [...arrived].sort(([one], [other]) => one - other)]);
  }

  #at(index: number): Step {
    while (this.#steps.length <= index) this.#steps.push({ sent: 0, arrived: new Map() });
    return this.#steps[index] as Step;
  }
}

function spanOf(ms: number): number {
  return Math.ceil(Math.log(Math.min(Math.max(ms, leastMs), longestMs) / leastMs) / Math.log(growth));
}

function countOf({ arrived }: Step): number {
  return [...arrived.values()].reduce((total, count) => total + count, 0);
}

function quantileOf(step: Step, share: number): number | null {
  let left = Math.max(1, Math.ceil(share * countOf(step)));
  for (const [span, count] of [...step.arrived].sort(([one], [other]) => one - other)) {
    left -= count;
    if (left <= 0) return Number((leastMs * growth ** (span - 0.5)).toPrecision(3));
  }
  return null;
}
