import { cpus } from 'node:os';
import type { Progress } from '../run/watch.js';

/** Milliseconds since the machine started, summed over its cores. */
interface Times {
  readonly busyMs: number;
  readonly allMs: number;
}

/** How much of all cores was used between the first and the last word on a load that is being played: by this run, and by whoever else is there. */
export class MachineShare {
  readonly #now: () => Times;
  #first: Times | undefined;
  #last: Times | undefined;

  constructor(now: () => Times = timesOfAllCores) {
    this.#now = now;
  }

  heed({ load }: Progress): void {
    if (load === undefined || load.over || load.elapsedSeconds > load.totalSeconds) return;
    this.#last = this.#now();
    this.#first ??= this.#last;
  }

  /** null: the load was too short to see. */
  get share(): number | null {
    if (this.#first === undefined || this.#last === undefined) return null;
    const allMs = this.#last.allMs - this.#first.allMs;
    return allMs === 0 ? null : (this.#last.busyMs - this.#first.busyMs) / allMs;
  }
}

function timesOfAllCores(): Times {
  return cpus()
    .map(({ times: { user, nice, sys, idle, irq } }) => ({ busyMs: user + nice + sys + irq, allMs: user + nice + sys + irq + idle }))
    .reduce((one, other) => ({ busyMs: one.busyMs + other.busyMs, allMs: one.allMs + other.allMs }));
}
