import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedStrategy, strategyNames } from '../../plan/strategies.js';
import { claimCriteria, isTimed, placesOf } from './claims.js';
import { type Criterion, judge, type Observed, verdictOfParts } from './criterion.js';
import { judgeClaims } from './judgeClaims.js';

const of = { strategy: 'hashed', point: 'four-brokers' } as const;
const beside = { strategy: 'hashed', point: 'four-nodes' } as const;
const received: Criterion = { id: 'nodesShare', figure: 'receivedPerNode', of, beside, least: 0.45, most: 0.55 };

function seen(at: typeof of | typeof beside, receivedPerNode: number | null): Observed {
  return { ...at, folder: null, figures: { receivedPerNode } };
}

describe('a criterion', () => {
  it.each([
    ['holds between its bounds', [seen(of, 50), seen(beside, 100)], { holds: true, why: null, values: [0.5] }],
    ['does not hold beyond them', [seen(of, 100), seen(beside, 100)], { holds: false, why: null, values: [1] }],
    ['says nothing of what was not run', [seen(of, 50)], { holds: null, why: 'not run', values: [] }],
    ['says nothing of what nobody knows', [seen(of, null), seen(beside, 100)], { holds: null, why: 'not known', values: [] }],
    ['says nothing of a ratio to nothing', [seen(of, 50), seen(beside, 0)], { holds: null, why: 'not known', values: [] }],
    [
      'says nothing where rounds disagree',
      [seen(of, 50), seen(of, 90), seen(beside, 100)],
      { holds: null, why: 'rounds disagree', values: [0.5, 0.9] },
    ],
  ] as const)('%s', (_, observed, judged) => expect(judge(received, observed)).toEqual(judged));

  it('compares every round with every round of the other', () => {
    fc.assert(
      fc.property(rounds, rounds, (some, others) => {
        const observed = [...some.map((value) => seen(of, value)), ...others.map((value) => seen(beside, value))];
        const { holds, values } = judge({ ...received, least: 1, most: Number.MAX_VALUE }, observed);
        expect(values).toHaveLength(some.length * others.length);
        if (Math.min(...some) >= Math.max(...others)) expect(holds).toBe(true);
        else if (Math.max(...some) < Math.min(...others)) expect(holds).toBe(false);
        else expect(holds).toBe(null);
      }),
    );
  });

  it('says of a figure by itself whether it lies between its bounds', () => {
    const lost: Criterion = { id: 'works', figure: 'lost', of, most: 0 };
    expect(judge(lost, [{ ...of, folder: null, figures: { lost: 0 } }]).holds).toBe(true);
    expect(judge(lost, [{ ...of, folder: null, figures: { lost: 1 } }]).holds).toBe(false);
  });
});

const rounds = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 });

describe('a claim', () => {
  it.each([
    ['confirmed', [true, true]],
    ['refuted', [false, false]],
    ['qualified', [true, false]],
    ['qualified', [true, null]],
    ['not measured', [null, null]],
  ] as const)('is %s by parts that hold: %s', (verdict, parts) => {
    expect(verdictOfParts(parts.map((holds) => ({ holds })))).toBe(verdict);
  });

  it('has criteria, each by what its own strategy did, for every strategy of which the article says anything', async () => {
    const all = await Promise.all((await strategyNames()).map((name) => checkedStrategy(name)));
    const said = all.filter(({ strategy }) => strategy.claim !== undefined).map(({ strategy }) => strategy.name);
    expect(Object.keys(claimCriteria).sort()).toEqual(said.sort());
    for (const name of said) expect(placesOf([name]).map(({ strategy }) => strategy)).toContain(name);
  });

  it('is judged at the fewest places: each once, and in rounds only where time decides', () => {
    const places = placesOf(Object.keys(claimCriteria));
    const keys = places.map(({ strategy, point }) => `${strategy} ${point}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(places.filter(isTimed).map(({ strategy }) => strategy)).toEqual(['mesh-replicated', 'user-channels', 'rabbitmq']);
  });

  it('keeps criterion and finding together, and has none for what nothing can show', () => {
    const said = [{ strategy: 'node-cluster', claim: 'It scales.' }];
    const observed = (receivedPerNode: number, point: 'two-nodes' | 'four-nodes') => ({
      ...{ strategy: 'node-cluster', point, folder: 'x' },
      figures: { receivedPerNode },
    });
    const [claim] = judgeClaims(said, [observed(100, 'two-nodes'), observed(150, 'four-nodes')]);
    expect(claim).toMatchObject({
      verdict: 'qualified',
      parts: [{ id: 'workersShare', holds: false, values: [1.5] }, { criterion: null }],
    });
  });
});
