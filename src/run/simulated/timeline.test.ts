import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.js';
import { Timeline } from './timeline.js';

describe('what is under way', () => {
  it('comes in order of time, and of sending where the time is one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const arrivals = new Arrivals();
        for (const [number, atMs] of times.entries()) arrivals.add({ atMs, number, from: '', happen: () => {} });
        const taken = times.map(() => arrivals.take()).map((arrival) => [arrival?.atMs, arrival?.number]);
        const sorted = times.map((atMs, number) => [atMs, number]).sort(([a = 0, n = 0], [b = 0, m = 0]) => a - b || n - m);
        expect(taken).toEqual(sorted);
        expect(arrivals.take()).toBeUndefined();
      }),
    );
  });

  it('does not come from whoever was cut off', () => {
    const timeline = new Timeline({ distribution: 'uniform', leastMs: 1, mostMs: 9 }, 1);
    const happened: string[] = [];
    for (const from of ['a', 'b', 'a', 'b']) timeline.send(from, 'asks', 'c', () => happened.push(from));
    timeline.cut('a');
    timeline.drain();
    expect(happened).toEqual(['b', 'b']);
  });
});

describe('virtual time', () => {
  it('lets nothing overtake on one wire, and lets wires overtake each other', () => {
    const timeline = new Timeline({ distribution: 'lognormal', medianMs: 1, sigma: 2 }, 3);
    const came: [string, number][] = [];
    for (let sent = 0; sent < 200; sent++) {
      const to = sent % 2 === 0 ? 'even' : 'odd';
      timeline.send('n1', 'publishes', to, () => came.push([to, sent]));
    }
    timeline.drain();
    const of = (wire: string) => came.filter(([to]) => to === wire).map(([, sent]) => sent);
    for (const wire of ['even', 'odd']) expect(of(wire)).toEqual(of(wire).toSorted((one, other) => one - other));
    expect(came.map(([, sent]) => sent)).not.toEqual(came.map((_, index) => index));
  });

  it('stands where it was asked to stand, with all that was due done', () => {
    const timeline = new Timeline({ distribution: 'constant', ms: 2 }, 1);
    const seen: number[] = [];
    timeline.send('a', 'asks', 'b', () => {
      seen.push(timeline.nowMs);
      timeline.send('b', 'answers', 'a', () => seen.push(timeline.nowMs));
    });
    timeline.runUntil(3);
    expect([seen, timeline.nowMs]).toEqual([[2], 3]);
    timeline.drain();
    expect(seen).toEqual([2, 4]);
  });
});
