import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Status } from '../measure/result.js';
import { differencesFromBaseline, exactJudged } from './exactGate.js';

const figures = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(fc.nat(3))).map((of) => new Map(Object.entries(of)));

describe('figures against a baseline', () => {
  it('name what differs, with both values', () => {
    const live = new Map([
      ['nodes.n1.chat.published', 66],
      ['brokers.r1.held.channels', null],
    ] as const);
    const baseline = new Map([
      ['nodes.n1.chat.published', 33],
      ['brokers.r1.held.channels', 4],
    ] as const);
    expect(differencesFromBaseline(live, baseline)).toEqual([
      { figure: 'nodes.n1.chat.published', live: 66, expected: '33', by: 'baseline' },
      { figure: 'brokers.r1.held.channels', live: null, expected: '4', by: 'baseline' },
    ]);
  });

  it('differ where only one side has them, also when the other could not know', () => {
    expect(differencesFromBaseline(new Map([['new', null]]), new Map([['gone', 0]]))).toEqual([
      { figure: 'gone', live: null, expected: '0', by: 'baseline' },
      { figure: 'new', live: null, expected: 'none', by: 'baseline' },
    ]);
  });

  it('differ in nothing from themselves, and from others in exactly what is not equal', () => {
    fc.assert(
      fc.property(figures, figures, (one, other) => {
        expect(differencesFromBaseline(one, new Map(one))).toEqual([]);
        const unequal = [...'abcd'].filter((name) => one.has(name) !== other.has(name) || one.get(name) !== other.get(name));
        expect(
          differencesFromBaseline(one, other)
            .map(({ figure }) => figure)
            .sort(),
        ).toEqual(unequal);
      }),
    );
  });
});

describe('a run of the exact layer', () => {
  const counts = { unanswered: 0 } as Parameters<typeof exactJudged>[0]['counts'];
  const sound = { died: [], counts, unknowns: {} };
  const verdict = (status: Status) => ({ status, reasons: status === 'pass' ? [] : ['a reason'] });
  const differences = [{ figure: 'counts.sent', live: 1, expected: '2', by: 'model' }] as const;

  it.each([
    ['passes without a difference', sound, 'pass', [], 'pass'],
    ['fails with one', sound, 'pass', differences, 'fail'],
    ['fails as its own verdict does', sound, 'fail', [], 'fail'],
    ['is unknown where its equations do not hold', sound, 'unknown', [], 'unknown'],
    ['fails where they do not and a figure differs', sound, 'unknown', differences, 'fail'],
    ['is unknown where a process died, whatever differs', { ...sound, died: ['[n1] was killed'] }, 'unknown', differences, 'unknown'],
    ['is unknown where something was still in flight', { ...sound, unknowns: { drained: 'late' } }, 'unknown', differences, 'unknown'],
    [
      'is unknown where a message was never answered for',
      { ...sound, counts: { ...counts, unanswered: 1 } },
      'unknown',
      differences,
      'unknown',
    ],
  ] as const)('%s', (_what, run, status, differing, expected) => {
    expect(exactJudged(run, verdict(status), differing).status).toBe(expected);
  });

  it('that cannot be judged names no figure, which would look like a finding', () => {
    expect(exactJudged({ ...sound, died: ['x'] }, verdict('unknown'), differences)).toEqual({
      status: 'unknown',
      reasons: ['a reason'],
      differences: [],
    });
  });
});
