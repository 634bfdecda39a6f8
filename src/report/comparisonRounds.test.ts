import { describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { type Compared, type Comparison, comparedOf, withRound } from './comparison.js';
import { besideBest, comparedFigures } from './comparisonFigures.js';
import { controlSteps, lacksControl } from './controlSteps.js';
import { comparisonPage } from './html/comparison.js';
import { renderComparison } from './terminal/comparison.js';
import { failingResult, sampleResult } from './testing/sample.js';

function run(strategy: string, more: Partial<Compared> = {}, result: Result = sampleResult()): Compared {
  return { ...comparedOf(result, { folder: strategy, row: null }), strategy, ...more };
}

function costing(strategy: string, node: number, more: Partial<Compared> = {}): Compared {
  return run(strategy, { costUsPerDelivered: { node, broker: 10, generator: 5 }, amplification: node / 10, ...more });
}

function comparison(runs: readonly Compared[]): Comparison {
  return {
    ...{ schema: 1, startedAt: '2026-01-15T12:00:00.000Z', source: 'live', command: 'npx bench compare --strategies all --rounds 3' },
    ...{ scenario: 'direct', rooms: 'members', seed: 7, rate: '1,000 messages/s', commit: null, machine: null },
    ...{ runs: [...runs], leftOut: [], failed: [] },
  };
}

function screen(runs: readonly Compared[], width = 120): string {
  return renderComparison(comparison(runs), { colour: false, width });
}

describe('several rounds', () => {
  const rounds = [40, 20, 30].map((node) => {
    const one = costing('hashed', node);
    return { ...one, rounds: one.rounds.map((each) => ({ ...each, costUsPerDelivered: one.costUsPerDelivered })) };
  });
  const [first, second, third] = rounds;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three rounds are made above');

  it('show medians, and keep every round', () => {
    const all = withRound(withRound(first, second, []), third, []);
    expect(all.costUsPerDelivered.node).toBe(30);
    expect(all.rounds.map(({ costUsPerDelivered }) => costUsPerDelivered.node)).toEqual([40, 20, 30]);
    expect(all).toMatchObject({ status: 'pass', differs: [] });
    expect(screen([all])).toContain('1 strategy compared, medians of 3 rounds');
  });

  it('that counted differently are unknown, and say where', () => {
    const all = withRound(first, second, ['nodes.n1.chat.received: 5 and 6', 'a', 'b', 'c']);
    expect(all.status).toBe('unknown');
    expect(all.differs[0]).toBe('round 2 counted otherwise than round 1: nodes.n1.chat.received: 5 and 6');
    expect(screen([all])).toMatch(/\? {2}hashed[\s\S]*round 2 counted otherwise than round 1: nodes\.n1[\s\S]*and 1 more figures differ/);
  });

  it('are as bad as the worst of them', () => {
    const failed = run('hashed', {}, failingResult());
    expect(withRound(first, failed, []).status).toBe('fail');
    expect(withRound(failed, first, []).status).toBe('fail');
  });
});

describe('beside the best', () => {
  const figure = comparedFigures.find(({ title }) => title === 'CPU nodes, µs');
  if (figure === undefined) throw new Error('the figure is called otherwise');

  it('every figure has its factor to the least above 0 of those that did not fail', () => {
    const runs = [
      costing('a', 20),
      costing('b', 30),
      costing('c', 500),
      costing('cheap and wrong', 1, { status: 'fail' }),
      costing('idle', 0),
    ];
    expect(runs.map((one) => besideBest(figure, runs)(figure.of(one)))).toEqual(['20.0 ×1', '30.0 ×1.5', '500 ×25', '1.00 ×0.05', '0']);
  });

  it('what nobody knows has none', () => {
    const unknown = run('a', { costUsPerDelivered: { node: null, broker: null, generator: null } });
    expect(besideBest(figure, [unknown])(null)).toBe('–');
  });
});

describe('an official adapter', () => {
  const adapter = costing('redis-broadcast', 40, { adapter: true, control: 'single-channel' });
  const control = costing('single-channel', 20);
  const hashed = costing('hashed', 10);
  const sharded = costing('adapter-sharded', 30, { adapter: true });

  it('is told from the others in two steps, implementation and routing', () => {
    expect(controlSteps([adapter, control, hashed, sharded])).toEqual([
      expect.objectContaining({ from: 'redis-broadcast', to: 'single-channel', changes: 'implementation', cpu: 0.6, amplification: 0.5 }),
      expect.objectContaining({ from: 'single-channel', to: 'hashed', changes: 'routing', cpu: 20 / 30, amplification: 0.5 }),
      expect.objectContaining({ from: 'single-channel', to: 'adapter-sharded', changes: 'both', cpu: 40 / 30 }),
    ]);
    const text = screen([adapter, control, hashed, sharded]);
    expect(text).toMatch(/redis-broadcast → single-channel {2}implementation +×0\.5 +×0\.6/);
    expect(text).toMatch(/single-channel → adapter-sharded {2}routing and implementation/);
    expect(comparisonPage(comparison([adapter, control]))).toContain('<td class="words">implementation</td>');
  });

  it('without its control says what nobody can tell', () => {
    expect(lacksControl([adapter, hashed])).toBe(true);
    expect(lacksControl([hashed, control])).toBe(false);
    expect(screen([adapter, hashed])).toMatch(/nothing here tells the two\s+apart/);
    expect(comparisonPage(comparison([adapter, hashed]))).toContain('nothing here tells the two apart');
  });
});
