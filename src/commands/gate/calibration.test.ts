import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { leastLimits } from '../../verdict/limits.js';
import type { Pair, SideCost } from '../../verdict/pairs.js';
import { temporaryFolder } from '../testing/bench.js';
import { chosenLimits, keepCalibration, leastAlike } from './calibration.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const file = join(folder.path, 'some', 'calibration.json');
const cost = (nodeUs: number): SideCost => ({ nodeUs, brokerUs: 10, responseMsP99: 5, deliveredPerSecond: 3000 });
/** Equal programs whose nodes differ by a fifth, either way. */
const pairs: readonly Pair[] = Array.from({ length: leastAlike }, (_, index) => ({
  strategy: 'hashed',
  first: 'base',
  base: cost(100),
  head: cost(index % 2 === 0 ? 120 : 100 / 1.2),
}));

const limitsOf = async (named: boolean, strategies: readonly string[] = ['hashed']) => chosenLimits(file, named, strategies, 10);

async function kept(changed: (text: string) => string = (text) => text): Promise<void> {
  await keepCalibration(file, pairs);
  writeFileSync(file, changed(readFileSync(file, 'utf8')));
}

it('without one the least limits are taken, unless it was named', async () => {
  const limits = await limitsOf(false);
  expect([limits.words, limits.of('hashed')]).toEqual([expect.stringContaining('bench gate --calibrate was not run here'), leastLimits]);
  await expect(limitsOf(true)).rejects.toThrow('make it with bench gate --calibrate');
});

it('one of this machine gives its limits', async () => {
  await kept();
  const limits = await limitsOf(true);
  expect(limits.words).toContain(`those of this machine, from ${file}`);
  expect(limits.of('hashed').node).toBeGreaterThan(0.15);
  expect(limits.of('hashed').broker).toBe(leastLimits.broker);
});

it.each([
  [
    'of another machine',
    (text: string) => text.replace(/"machine": "[^"]*"/, '"machine": "1 x abacus"'),
    'is of another machine (1 x abacus)',
  ],
  ['of other runs', (text: string) => text.replace(/--rate \d+/, '--rate 1'), 'is of other runs'],
  ['of pairs in turns', (text: string) => text.replace('"schema": 2', '"schema": 1'), 'played its pairs otherwise'],
])('one %s is left aside, or refused where it was named', async (_, changed, words) => {
  await kept(changed);
  const limits = await limitsOf(false);
  expect([limits.words, limits.of('hashed')]).toEqual([expect.stringContaining(words), leastLimits]);
  await expect(limitsOf(true)).rejects.toThrow(words);
});

it('one with too few pairs of a strategy is left aside', async () => {
  await kept();
  expect((await limitsOf(false, ['hashed', 'ring'])).words).toContain(`has fewer than ${leastAlike} pairs of ring`);
});

it('what is no calibration is refused, named or not', async () => {
  await kept(() => '{"schema":2}');
  await expect(limitsOf(false)).rejects.toThrow('is no calibration of a gate');
  await kept((text) => text.slice(0, 50));
  await expect(limitsOf(false)).rejects.toThrow(file);
});
