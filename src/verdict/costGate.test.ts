import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../plan/random.js';
import { comparedPairs, type Limits } from './costGate.js';
import { limitsFrom } from './limits.js';
import { type Pair, ratiosOf, type SideCost } from './pairs.js';

const limits: Limits = { system: 0.05, node: 0.05, broker: 0.25, p99: 1, 'time per message': 0.25 };

function cost(nodeUs: number, more: Partial<SideCost> = {}): SideCost {
  return { nodeUs, brokerUs: 10, responseMsP99: 5, deliveredPerSecond: 1_000, ...more };
}

/** Pairs in which both sides are noisy alike, and head costs so many times as much. */
function pairsOf(count: number, factor: number, { noise = 0.05, seed = 1, strategy = 'hashed' } = {}): readonly Pair[] {
  const random = randomOf(seed, 'noise', strategy);
  const noisy = (us: number) => us * (1 + noise * (random() + random() + random() - 1.5));
  return Array.from({ length: count }, () => ({
    ...{ strategy, first: 'base' as const },
    base: cost(noisy(100)),
    head: cost(noisy(100 * factor)),
  }));
}

function statusOf(pairs: readonly Pair[], figure = 'node'): string | undefined {
  return comparedPairs(pairs, () => limits).find((one) => one.figure === figure)?.status;
}

describe('a comparison of pairs', () => {
  it('passes equal sides, and fails a head that costs far more', () => {
    expect(statusOf(pairsOf(10, 1))).toBe('pass');
    expect(statusOf(pairsOf(10, 1.15))).toBe('fail');
    expect(statusOf(pairsOf(10, 0.8))).toBe('pass');
  });

  it('passes a median beyond the limit while its interval is not', () => {
    const [node] = comparedPairs(pairsOf(10, 1.08, { noise: 0.2 }), () => limits).filter(({ figure }) => figure === 'node');
    expect(node?.ratio).toBeGreaterThan(1.05);
    expect(node?.low).toBeLessThan(1.05);
    expect(node?.status).toBe('pass');
  });

  it('fails exactly where the whole interval is beyond the limit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.9, max: 1.4, noNaN: true }), fc.nat(), (factor, seed) => {
        for (const { status, low, limit } of comparedPairs(pairsOf(10, factor, { seed }), () => limits))
          expect(status).toBe(low > 1 + limit ? 'fail' : 'pass');
      }),
      { numRuns: 20 },
    );
  });

  it('makes the intervals of all wider with each strategy more', () => {
    const one = comparedPairs(pairsOf(10, 1), () => limits).find(({ figure }) => figure === 'node');
    const both = [...pairsOf(10, 1), ...pairsOf(10, 1, { strategy: 'ring' })];
    const [first] = comparedPairs(both, () => limits).filter(({ strategy, figure }) => strategy === 'hashed' && figure === 'node');
    expect(first?.confidence).toBeGreaterThan(one?.confidence ?? 1);
    expect(first?.low).toBeLessThanOrEqual(one?.low ?? 0);
  });

  it('does not know with fewer than ten pairs, and leaves out what no pair says', () => {
    const mute = pairsOf(9, 1).map((pair) => ({ ...pair, base: cost(100, { brokerUs: null }), head: cost(100, { brokerUs: null }) }));
    const compared = comparedPairs(mute, () => limits);
    expect(compared.map(({ figure, status }) => [figure, status])).toEqual([
      ['system', 'unknown'],
      ['node', 'unknown'],
      ['p99', 'unknown'],
      ['time per message', 'unknown'],
    ]);
  });

  it('takes a lower rate for more time', () => {
    const slower: readonly Pair[] = pairsOf(10, 1).map((pair) => ({ ...pair, head: cost(100, { deliveredPerSecond: 600 }) }));
    expect(ratiosOf(slower, 'time per message')).toEqual(slower.map(() => expect.closeTo(1 / 0.6)));
    expect(statusOf(slower, 'time per message')).toBe('fail');
  });
});

describe('limits from pairs of one program', () => {
  it('grow with the noise, shrink with the number of pairs, and are never nothing', () => {
    const [quiet, noisy] = [pairsOf(40, 1, { noise: 0.001 }), pairsOf(40, 1, { noise: 0.3 })];
    expect(limitsFrom(quiet, 10).node).toBe(0.03);
    expect(limitsFrom(noisy, 10).node).toBeGreaterThan(0.1);
    expect(limitsFrom(noisy, 40).node).toBeLessThan(limitsFrom(noisy, 10).node);
  });

  it('do not depend on which of the two was called base', () => {
    const pairs = pairsOf(40, 1.1);
    const turned = pairs.map((pair) => ({ ...pair, base: pair.head, head: pair.base }));
    expect(limitsFrom(turned, 10).node).toBeCloseTo(limitsFrom(pairs, 10).node, 2);
  });
});
