import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerTraffic } from '../../../routing/messages.js';
import { PrimaryEnd, WorkerEnd } from './heartbeats.js';

/** What is on its way: a heartbeat, or a fence by its number. */
type Passing = 'heartbeat' | number;

/** A worker and its primary at the two ends of a pipe that keeps the order and takes as long as it likes. */
class Pipe {
  readonly atWorker: BrokerTraffic = { in: 0, out: 0 };
  readonly atPrimary: BrokerTraffic = { in: 0, out: 0 };
  readonly #worker = new WorkerEnd();
  readonly #primary = new PrimaryEnd();
  readonly #up: Passing[] = [];
  readonly #down: Passing[] = [];

  readonly steps = {
    workerBeats: () => {
      this.#worker.count('in');
      this.#up.push('heartbeat');
    },
    primaryBeats: () => {
      this.#primary.count('out');
      this.#down.push('heartbeat');
    },
    fence: () => this.#up.push(this.#worker.setOut()),
    upArrives: () => {
      const passing = this.#up.shift();
      if (passing === 'heartbeat') this.#primary.count('in');
      if (typeof passing !== 'number') return;
      this.#down.push(passing);
      add(this.atPrimary, this.#primary.turn());
    },
    downArrives: () => {
      const passing = this.#down.shift();
      if (passing === 'heartbeat') this.#worker.count('out');
      if (typeof passing === 'number') add(this.atWorker, this.#worker.comeBack(passing) ?? { in: Number.NaN, out: Number.NaN });
    },
  };

  /** Whether a fence is on its way. */
  get fenced(): boolean {
    return [...this.#up, ...this.#down].some((passing) => typeof passing === 'number');
  }
}

function add(total: BrokerTraffic, traffic: BrokerTraffic): void {
  total.in += traffic.in;
  total.out += traffic.out;
}

const step = fc.constantFrom<(keyof Pipe['steps'])[]>('workerBeats', 'primaryBeats', 'fence', 'upArrives', 'downArrives');

describe('heartbeats on the pipe between a worker and its primary', () => {
  it('are counted alike at both ends whenever no fence is on its way, however many of them are', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pipe = new Pipe();
        for (const name of steps) {
          pipe.steps[name]();
          if (!pipe.fenced) expect(pipe.atWorker).toEqual(pipe.atPrimary);
        }
      }),
    );
  });

  it('count once a fence that followed them is back, and those behind it do not', () => {
    const { steps, atWorker, atPrimary } = new Pipe();
    steps.workerBeats();
    steps.fence();
    steps.workerBeats();
    steps.primaryBeats();
    for (const name of ['upArrives', 'upArrives', 'primaryBeats', 'downArrives', 'downArrives'] as const) steps[name]();
    expect([atWorker, atPrimary]).toEqual([
      { in: 1, out: 1 },
      { in: 1, out: 1 },
    ]);
  });

  it('of a fence that never set out nothing is known', () => {
    expect(new WorkerEnd().comeBack(1)).toBeUndefined();
  });
});
