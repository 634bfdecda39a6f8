import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gathering } from './gathering.js';

/** An event loop in which a turn works and then finds nothing to do for a while; returns how long was waited after each turn. */
function waits(gathering: Gathering, turns: number, each: { readonly workMs: number; readonly idleMs: number }): number[] {
  return Array.from({ length: turns }, () => loop.turn(gathering, each));
}

const loop = {
  nowMs: 1_000,
  idleMs: 500,
  turn(gathering: Gathering, { workMs, idleMs }: { readonly workMs: number; readonly idleMs: number }): number {
    this.nowMs += workMs;
    const waitMs = gathering.waitMs({ nowMs: this.nowMs, idleMs: () => this.idleMs });
    // What comes during the wait need not be waited for.
    const idle = Math.max(0, idleMs - waitMs);
    this.nowMs += waitMs + idle;
    this.idleMs += idle;
    return waitMs;
  },
};

const busy = { workMs: 0.5, idleMs: 0 };

describe('a process that may gather', () => {
  it('does not while it has time to spare', () => {
    expect(new Set(waits(new Gathering({ batchDelayMsMax: 2 }), 1_000, { workMs: 0.5, idleMs: 0.5 }))).toEqual(new Set([0]));
  });

  it('does once it has done nothing but work for a while', () => {
    const gathering = new Gathering({ batchDelayMsMax: 2 });
    const all = waits(gathering, 300, busy);
    expect(all.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 0));
    expect(all.slice(-100)).toContain(2);
  });

  it('does not where it is not to', () => {
    expect(new Set(waits(new Gathering({ batchDelayMsMax: 0 }), 300, busy))).toEqual(new Set([0]));
  });

  it('does not between turns that are long already', () => {
    expect(new Set(waits(new Gathering({ batchDelayMsMax: 2 }), 300, { workMs: 3, idleMs: 0 }))).toEqual(new Set([0]));
  });

  it('goes on while the load that began it lasts, and stops when it is over', () => {
    const gathering = new Gathering({ batchDelayMsMax: 2 });
    expect(new Set(waits(gathering, 300, { workMs: 1.5, idleMs: 0 }).slice(-200))).toEqual(new Set([2]));
    expect(waits(gathering, 300, { workMs: 0.1, idleMs: 5 }).slice(-200)).toEqual(Array.from({ length: 200 }, () => 0));
  });

  it('never waits longer than it may, whatever happens', () => {
    const turn = fc.record({ workMs: fc.double({ min: 0, max: 20, noNaN: true }), idleMs: fc.double({ min: 0, max: 20, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 200 }), fc.double({ min: 0, max: 5, noNaN: true }), (turns, batchDelayMsMax) => {
        const gathering = new Gathering({ batchDelayMsMax });
        for (const each of turns) expect([0, batchDelayMsMax]).toContain(loop.turn(gathering, each));
      }),
    );
  });
});
