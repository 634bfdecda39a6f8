import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Cast, RunningWorker } from './cast.js';
import { retire } from './collect.js';
import { Patience } from './patience.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a worker that does not leave costs a warning and a reason, not the result', async () => {
  const stuck = { id: 'worker-0', call: { stop: () => new Promise<void>(() => {}) } } as unknown as RunningWorker;
  const cast = { workers: [stuck], nodes: [] } as unknown as Cast;
  const { signal } = new AbortController();
  const patience = new Patience(signal);
  const warnings: string[] = [];
  const over = retire({ cast, patience, watch: { signal, progress: () => {}, warn: (words) => warnings.push(words) } });
  await vi.advanceTimersByTimeAsync(10_000);
  await over;
  expect(patience.unknowns.get('end')).toContain('[worker-0] did not leave within 10 s');
  expect(warnings).toEqual([expect.stringContaining('[worker-0] did not leave within 10 s')]);
});
