import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { eachAtMost } from './bounded.js';

it('works on each item once, in order of beginning, never on more than the limit at a time', async () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  const begun: number[] = [];
  let [now, most] = [0, 0];
  await eachAtMost(3, items, async (item) => {
    begun.push(item);
    most = Math.max(most, ++now);
    await turn();
    now--;
  });
  expect(begun).toEqual(items);
  expect([now, most]).toEqual([0, 3]);
});

it('rejects with the first error and begins nothing after it', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error('item 1 failed');
  };
  await expect(eachAtMost(2, [0, 1, 2, 3, 4, 5, 6, 7], work)).rejects.toThrow('item 1 failed');
  const soFar = begun.length;
  await turn();
  await turn();
  expect(begun.length).toBe(soFar);
  expect(soFar).toBeLessThanOrEqual(3);
});
