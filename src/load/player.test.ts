import { describe, expect, it } from 'vitest';
import { unixMs } from './clock.js';
import { play } from './player.js';

const steps = (...times: number[]) => times.map((atMs) => ({ atMs }));

describe('play', () => {
  it('performs every step in order, none before its intended time', async () => {
    const start = unixMs() + 5;
    const seen: number[] = [];
    await play(steps(0, 0.2, 1, 1, 7, 30), start, ({ atMs }, intendedMs) => {
      expect(intendedMs).toBe(start + atMs);
      expect(unixMs()).toBeGreaterThanOrEqual(intendedMs);
      seen.push(atMs);
    });
    expect(seen).toEqual([0, 0.2, 1, 1, 7, 30]);
  });

  it('drops and moves nothing after a stall, and then performs all that is due in one turn', async () => {
    const start = unixMs();
    const times = Array.from({ length: 101 }, (_, ms) => ms);
    const turns: number[][] = [];
    let turn: number[] | undefined;
    await play(steps(...times), start, ({ atMs }, intendedMs) => {
      expect(intendedMs).toBe(start + atMs);
      if (turn === undefined) {
        turn = [];
        turns.push(turn);
        queueMicrotask(() => {
          turn = undefined;
        });
      }
      turn.push(atMs);
      if (atMs === 10) stall(start + 90);
    });
    expect(turns.flat()).toEqual(times);
    const stalled = turns.findIndex((all) => all.includes(10));
    expect([...(turns[stalled] ?? []), ...(turns[stalled + 1] ?? [])]).toEqual(expect.arrayContaining(times.slice(10, 91)));
  });

  it('performs nothing after a halt', async () => {
    const halt = new AbortController();
    const seen: number[] = [];
    await play(
      steps(0, 1, 2, 50, 51),
      unixMs(),
      ({ atMs }) => {
        seen.push(atMs);
        if (atMs === 1) halt.abort();
      },
      { halt: halt.signal },
    );
    expect(seen).toEqual([0, 1]);
  });

  it('lets the process receive between two turns, however late it is', async () => {
    let [received, performed] = [false, 0];
    setImmediate(() => {
      received = true;
    });
    const start = unixMs();
    function* alwaysDue() {
      while (!received && performed < 1_000_000) yield { atMs: unixMs() - start };
    }
    await play(alwaysDue(), start, () => {
      performed++;
    });
    expect(received).toBe(true);
  });
});

/** Blocks the event loop, as a garbage collection or a busy machine does. */
function stall(untilUnixMs: number): void {
  while (unixMs() < untilUnixMs);
}
