import { expect, test } from 'vitest';
import { type Deferred, deferred } from './pending.js';
import { Turns } from './statusTurns.js';

test('so many at once, the others in the order they came, also after one that failed', async () => {
  const turns = new Turns(2);
  const begun: string[] = [];
  const works = new Map<string, Deferred<string>>();
  const take = (name: string) =>
    turns.take(() => {
      const work = deferred<string>();
      begun.push(name);
      works.set(name, work);
      return work.promise;
    });
  const [a, b, c, d] = [take('a'), take('b'), take('c'), take('d')];
  expect(begun).toEqual(['a', 'b']);
  works.get('b')?.reject(new Error('down'));
  await expect(b).rejects.toThrow('down');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  works.get('a')?.resolve('A');
  expect(await a).toBe('A');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd']);
  works.get('c')?.resolve('C');
  works.get('d')?.resolve('D');
  expect(await Promise.all([c, d])).toEqual(['C', 'D']);
  expect(await turns.take(() => Promise.resolve('E'))).toBe('E');
});
