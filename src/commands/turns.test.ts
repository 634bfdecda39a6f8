import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTurns } from './turns.js';

let interrupt: AbortController;
const stop = () => interrupt.abort(new Error('interrupted'));
beforeEach(() => {
  interrupt = new AbortController();
  process.once('SIGUSR2', stop);
});
afterEach(() => void process.off('SIGUSR2', stop));

/** Computes without a pause, as a model of millions of users does. */
function compute(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

it('work that never waits hears a signal before the next of it begins', async () => {
  const begun: number[] = [];
  const work = (one: number) => {
    begun.push(one);
    if (one === 2) process.kill(process.pid, 'SIGUSR2');
    compute(100);
  };
  await expect(inTurns([1, 2, 3, 4], work, interrupt.signal)).rejects.toThrow('interrupted');
  expect(begun).toEqual([1, 2]);
});

it('the only one of them hears it when it is done', async () => {
  const work = () => {
    process.kill(process.pid, 'SIGUSR2');
    compute(100);
  };
  await expect(inTurns([1], work, interrupt.signal)).rejects.toThrow('interrupted');
});

it('gives the answers in order', async () => {
  expect(await inTurns([3, 1, 2], (one) => 10 * one, new AbortController().signal)).toEqual([30, 10, 20]);
});
