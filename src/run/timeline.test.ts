import { describe, expect, it } from 'vitest';
import { timelineOf } from './timeline.js';

const node = (connections: number, memoryBytes: number) => ({ connections, subscriptions: 2 * connections, memoryBytes });
const watched = { samples: [[node(3, 10), node(5, 30)], null], marks: [{ atSeconds: 1.5, words: '[n1] ended' }] };

describe('the timeline of a run', () => {
  it('adds up the load workers and the nodes, and leaves unknown what one node did not say', () => {
    const reports = [
      { steps: [[2, []]] as const },
      {
        steps: [
          [1, [[100, 4]]],
          [0, [[120, 2]]],
        ] as const,
      },
    ];
    expect(timelineOf(10, reports, watched)).toEqual({
      stepSeconds: 1,
      sent: [3, 0],
      delivered: [4, 2],
      responseMsP50: [expect.closeTo(0.128, 3), expect.closeTo(0.34, 2)],
      responseMsP99: [expect.closeTo(0.128, 3), expect.closeTo(0.34, 2)],
      nodes: { connections: [8, null], subscriptions: [16, null], memoryBytesMean: [20, null], memoryBytesMost: [30, null] },
      marks: watched.marks,
    });
  });

  it('is none where nobody recorded any step', () => {
    expect(timelineOf(10, [{ steps: [] }], watched)).toBeUndefined();
  });
});
