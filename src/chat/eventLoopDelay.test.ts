import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { EventLoopDelay } from './eventLoopDelay.js';

function started(): EventLoopDelay {
  const delay = new EventLoopDelay();
  delay.start();
  onTestFinished(() => delay.stop());
  return delay;
}

/** After some ticks, so that there is one to measure from. */
async function block(ms: number): Promise<void> {
  await setTimeout(50);
  const until = performance.now() + ms;
  while (performance.now() < until);
  await setImmediate();
}

test('is as long as the event loop was blocked, and is forgotten at a reset', async () => {
  const delay = started();
  await block(80);
  await expect.poll(() => delay.percentileMs(100)).toBeGreaterThan(65);
  delay.reset();
  expect(delay.percentileMs(99)).toBe(0);
});

test('does not hold its own period: ticks of an idle loop are on time', async () => {
  const delay = started();
  await setTimeout(300);
  expect(delay.percentileMs(10)).toBeGreaterThanOrEqual(0);
  expect(delay.percentileMs(10)).toBeLessThan(0.9);
});
