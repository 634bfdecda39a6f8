import { judgeClaims } from '../../verdict/claims/judgeClaims.js';
import { type Claims, recordedClaims } from '../claims.js';
import { type Comparison, comparedOf } from '../comparison.js';
import type { HighestRate } from '../highestRate.js';
import type { SeriesHead } from '../series.js';
import { growthOf, type Sweep, sweepPointOf } from '../sweep.js';
import { failingResult, sampleResult } from './sample.js';

/** Invented records of several runs, made of the invented results. */
const head: SeriesHead = {
  schema: 1,
  ...{ startedAt: '2026-01-15T12:00:00.000Z', source: 'live', command: '', commit: null, machine: 'linux x64, 2 cores' },
  ...{ scenario: 'direct', rooms: 'members', seed: 7, rate: '1,000 messages/s for 10 s, 64 bytes each' },
};

export function sampleComparison(): Comparison {
  const row = { in: 10_000, out: 10_000, relayed: 0, hops: 0, questions: null };
  return {
    ...head,
    command: 'npx bench compare --strategies all --seed 7',
    runs: [
      comparedOf(sampleResult(), { folder: 'hashed', row }),
      { ...comparedOf(failingResult(), { folder: 'lossy', row: { ...row, in: 9_000 } }), strategy: 'lossy' },
    ],
    leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }],
    failed: [{ strategy: 'odd', why: '[r1] died' }],
  };
}

export function sampleSweep(): Sweep {
  const vary: Sweep['vary'] = [{ name: 'nodes', values: [2, 4] }];
  const of = (nodes: number) => {
    const result = sampleResult();
    return { ...result, plan: { ...result.plan, size: { ...result.plan.size, nodes } }, nodes: result.nodes.slice(0, nodes) };
  };
  const points = [2, 4].map((nodes) => sweepPointOf(of(nodes), `hashed-nodes-${nodes}`, vary));
  return { ...head, command: 'npx bench sweep', vary, points, growth: growthOf(points, vary), added: [], leftOut: [], failed: [] };
}

export function sampleHighestRate(): HighestRate {
  const busyShare = { node: 0.5, broker: 0.1, worker: 0.4, machine: null };
  const trial = { folder: '01-double-100', sentPerSecond: 100, responseMsP99: 3, lost: 0, busyShare } as const;
  return {
    ...head,
    command: 'npx bench capacity --strategy hashed',
    ...{ strategy: 'hashed', size: '4 nodes, 3 Redis, 400 users', slo: 'p99<50ms,lost=0' },
    range: { startRate: 100, leastRate: 10, mostRate: 200, precision: 0.1, mostBecause: 'it was asked for' },
    trials: [
      { ...trial, step: 'double', ratePerSecond: 100, holds: true, limit: null, reasons: [] },
      { ...trial, step: 'double', ratePerSecond: 200, holds: false, limit: 'system', reasons: ['p99 was 80 ms'] },
    ],
    answer: { holds: 100, breaks: 200, confirmedAt: 90, limit: 'system' },
  };
}

/** Of three strategies: one is confirmed, of one some parts are refuted or not known, and of one nothing was seen. */
export function sampleClaims(): Claims {
  const observed: Claims['observed'] = [
    { strategy: 'hashed', point: 'two-nodes', folder: 'hashed-two-nodes', figures: { amplification: 2, receivedPerNode: 500 } },
    { strategy: 'hashed', point: 'four-nodes', folder: 'hashed-four-nodes', figures: { amplification: 2, receivedPerNode: 400 } },
    { strategy: 'hashed', point: 'four-brokers', folder: 'hashed-four-brokers', figures: { amplification: 2 } },
    { strategy: 'single-server', point: 'four-nodes', folder: 'single-server-four-nodes', figures: { nodes: 1, amplification: 0 } },
  ];
  const said = ['publish-all', 'hashed', 'single-server'].map((strategy) => ({ strategy, claim: `what <b>${strategy}</b> does` }));
  const claims = recordedClaims(judgeClaims(said, observed));
  return {
    ...head,
    command: 'npx bench claims --users 400 --rate 1000',
    ...{ users: 400, ratePerSecond: 1_000, seconds: 10, claims, observed },
    leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }],
    failed: [{ strategy: 'odd', why: '[r1] died' }],
  };
}
