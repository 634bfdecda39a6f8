import { describe, expect, it } from 'vitest';
import { subjectsOf } from './subjects.js';
import type { Action } from './types.js';
import type { Workload } from './workload.js';

function workload(actions: readonly Action[], given: Partial<Workload> = {}): Workload {
  const nobody = { warmUpActions: () => [], members: () => [] };
  return { devices: 1, rooms: [], does: [], actions: () => actions, ...nobody, ...given };
}

const plan = (nodes: number) => ({
  topology: { version: 1, nodes: Array.from({ length: nodes }, (_, index) => `n${index}`), brokers: [] },
});

describe('the messages that are followed', () => {
  const near = { do: 'message', atMs: 0, user: 0, to: 3 } as const;
  const far = { do: 'message', atMs: 1, user: 1, to: 5 } as const;

  it('are the first that goes from one node to another, and a question about its recipient', () => {
    expect(subjectsOf(plan(3), workload([near, far]))).toEqual([
      { kind: 'message', user: 1, to: 5 },
      { kind: 'presence', user: 1, to: 5 },
    ]);
  });

  it('stay on one node where there is no other', () => {
    expect(subjectsOf(plan(1), workload([near]))[0]).toEqual({ kind: 'message', user: 0, to: 3 });
  });

  it('are to a room too where there are rooms, if a member is on another node', () => {
    const posts = [0, 1].map((room) => ({ do: 'post', atMs: 2, user: 0, room }) as const);
    expect(
      subjectsOf(
        plan(3),
        workload(posts, {
          rooms: [
            [0, 3],
            [0, 4],
          ],
        }),
      ),
    ).toEqual([
      { kind: 'post', user: 0, room: 1 },
      { kind: 'presence', user: 0, to: 4 },
    ]);
  });

  it('are of nobody who comes or goes', () => {
    const leaving = { do: 'disconnect', atMs: 5, user: 5, device: 0 } as const;
    const later = { ...far, to: 6 } as const;
    expect(subjectsOf(plan(3), workload([far, later, leaving], { does: ['disconnect'] }))[0]).toEqual({ kind: 'message', user: 1, to: 6 });
  });

  it('are none where nothing is said', () => {
    expect(subjectsOf(plan(3), workload([]))).toEqual([]);
  });
});
