import { describe, expect, it } from 'vitest';
import type { Distribution, Measured } from '../measure/result.js';
import { sampleResult } from '../report/testing/sample.js';
import { verdictOf } from './verdict.js';

/** A clean run, changed. */
function run(change: Partial<Measured> = {}): Measured {
  const { verdict: _, ...measured } = sampleResult();
  return { ...measured, ...change };
}

function counts(change: Partial<Measured['counts']>): Measured {
  const clean = run();
  return { ...clean, counts: { ...clean.counts, ...change } };
}

function limited(limits: Measured['plan']['limits'], change: Partial<Measured> = {}): Measured {
  const clean = run(change);
  return { ...clean, plan: { ...clean.plan, limits } };
}

function p99(ms: number): Distribution {
  return { count: 100, mean: ms, max: ms, quantiles: [[0.99, ms]], histogram: '' };
}

const responses = (ms: number): Measured['latencyMs'] => ({
  ...run().latencyMs,
  response: { all: p99(ms), sameNode: null, crossNode: null },
  generatorLag: p99(1),
});

describe('the verdict of a run', () => {
  it('that is clean is pass, in every part, without a reason', () => {
    const verdict = verdictOf(run());
    expect(verdict.status).toBe('pass');
    expect(verdict.reasons).toEqual([]);
  });

  it.each([
    ['lost', { lost: 2, delivered: 9_998 }, /^2 messages were lost \(limit 0\)/],
    ['duplicated', { duplicated: 1 }, /^1 message was delivered more than once/],
    ['misdelivered', { misdelivered: 1 }, /^1 message was delivered to somebody they were not for/],
  ])('that %s messages is fail', (_case, change, words) => {
    const verdict = verdictOf(counts(change));
    expect(verdict.parts.delivery.status).toBe('fail');
    expect(verdict.status).toBe('fail');
    expect(verdict.reasons[0]).toMatch(words);
  });

  it('that refused messages is fail only where the scenario limits that', () => {
    expect(verdictOf({ ...counts({ rejected: 3 }), plan: limited({}).plan }).status).toBe('pass');
    expect(verdictOf({ ...counts({ rejected: 3 }), plan: limited({ rejected: 0 }).plan }).reasons[0]).toMatch(/^3 messages were rejected/);
  });

  it('that delivered nothing never passes', () => {
    const verdict = verdictOf(counts({ sent: 0, expected: 0, delivered: 0 }));
    expect(verdict).toMatchObject({ status: 'fail', reasons: ['nothing was delivered'] });
  });

  it.each([
    ['never answered messages', counts({ unanswered: 1 }), /1 message/],
    ['uncertain pairs', counts({ uncertain: 4 }), /4 pairs/],
    ['a dead process', run({ died: ['[n2] ended with SIGKILL'] }), /\[n2\] ended with SIGKILL/],
    ['a load worker that did not report', run({ workers: [] }), /only 0 of \d load worker/],
  ])('with %s is unknown', (_case, measured, words) => {
    const verdict = verdictOf(measured);
    expect(verdict.status).toBe('unknown');
    expect(verdict.reasons.join('\n')).toMatch(words);
  });

  it('whose figures differ is unknown, and names the place and the difference', () => {
    const broken = { name: 'published by nodes = taken in by the broker', place: 'r2', left: 100, right: 101, holds: false };
    const verdict = verdictOf(run({ equations: [broken] }));
    expect(verdict.status).toBe('unknown');
    expect(verdict.reasons).toEqual(['[r2] published by nodes = taken in by the broker: 100 is not 101 (difference -1)']);
  });

  it('whose counters were read too early is unknown', () => {
    expect(verdictOf(run({ unknowns: { drained: 'waiting took longer than 10 s' } }))).toMatchObject({ status: 'unknown' });
  });

  it('in which a node or a broker did not report is unknown', () => {
    const { nodes, brokers } = run().plan.topology;
    for (const what of [`nodes.${nodes[1]}`, `brokers.${brokers[0]?.id}`]) {
      const verdict = verdictOf(run({ unknowns: { [what]: 'it did not report' } }));
      expect(verdict).toMatchObject({ status: 'unknown', reasons: ['it did not report'] });
    }
  });

  it('in which a process died is unknown, whatever was counted or timed until the end', () => {
    const died = ['[r1] ended with SIGKILL'];
    for (const change of [{}, { rejected: 1 }, { lost: 3 }, { delivered: 0 }]) {
      const verdict = verdictOf({
        ...limited({ lost: 0, rejected: 0, responseMsP99: 50 }, { ...counts(change), latencyMs: responses(500) }),
        died,
      });
      expect(verdict.status).toBe('unknown');
      expect(verdict.parts).toMatchObject({ delivery: { status: 'unknown' }, latency: { status: 'unknown' } });
      expect(verdict.parts.delivery.reasons).toEqual([expect.stringContaining('[r1] ended with SIGKILL')]);
    }
  });

  it('is the worst of its parts', () => {
    const broken = { name: 'published by nodes = taken in by the broker', place: 'r2', left: 100, right: 101, holds: false };
    const { status, parts } = verdictOf({ ...counts({ lost: 1 }), equations: [broken] });
    expect([status, parts.delivery.status, parts.accounting.status]).toEqual(['fail', 'fail', 'unknown']);
  });
});

describe('latency', () => {
  it('is judged where the scenario limits it', () => {
    const limits = { lost: 0, responseMsP99: 50 };
    expect(verdictOf(limited(limits, { latencyMs: responses(49) })).status).toBe('pass');
    expect(verdictOf(limited(limits, { latencyMs: responses(51) })).status).toBe('fail');
    expect(verdictOf(limited({ lost: 0 }, { latencyMs: responses(5_000) })).status).toBe('pass');
  });

  it('is unknown, never bad, when the generator was late or had no CPU left; counts stay judged', () => {
    const limits = { lost: 0, responseMsP99: 50 };
    const late = verdictOf(limited(limits, { latencyMs: { ...responses(500), generatorLag: p99(400) } }));
    expect(late).toMatchObject({
      status: 'unknown',
      parts: { delivery: { status: 'pass' }, latency: { status: 'unknown' }, load: { status: 'unknown' } },
    });
    const [worker] = run().workers;
    if (worker === undefined) throw new Error('the sample has no load worker');
    const busy = verdictOf(limited(limits, { latencyMs: responses(500), workers: [{ ...worker, coreShare: 0.9 }] }));
    expect(busy.parts.latency.status).toBe('unknown');
    expect(busy.reasons.join()).toContain('90 % of a core');
  });
});

describe('what a scenario allows where people come and go', () => {
  const uncertain = (limits: Measured['plan']['limits']) => {
    const clean = limited(limits);
    return verdictOf({ ...clean, counts: { ...clean.counts, uncertain: 500 } }).parts.delivery.status;
  };

  it('is a share of pairs in doubt, and no more', () => {
    expect([uncertain({ lost: 0 }), uncertain({ lost: 0, uncertainShare: 0.04 }), uncertain({ lost: 0, uncertainShare: 0.05 })]).toEqual([
      'unknown',
      'unknown',
      'pass',
    ]);
  });

  it.each([
    ['wrong answers', { wrongAnswers: 0 }, { wrong: 2, failed: {} }, '2 answers about who is online were wrong (limit 0)'],
    [
      'failed connects',
      { failedConnects: 1 },
      { wrong: 0, failed: { 'xhr poll error': 2 } },
      '2 connects during the load failed, for example: xhr poll error (limit 1)',
    ],
  ] as const)('is judged where there is a limit: %s', (_what, limits, { wrong, failed }, words) => {
    const presence = {
      answers: { online: 9, offline: 0, unknown: 0 },
      refused: {},
      checked: 9,
      wrong,
      latencyMs: { online: null, offline: null, unknown: null },
      told: 0,
      toldMs: null,
    };
    const comings = { left: 9, connected: 9, failed, away: 0, connectMs: null, allBackMs: null };
    const findings = { spreadMs: null, hottestBroker: null, responseBy: null, presence, comings, http: null };
    expect(verdictOf(limited(limits, { findings })).parts.delivery).toEqual({ status: 'fail', reasons: [words] });
    expect(verdictOf(limited({}, { findings })).parts.delivery.status).toBe('pass');
  });
});
