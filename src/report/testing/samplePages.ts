import type { Result } from '../../measure/result.js';
import type { Plan } from '../../plan/types.js';
import type { CapacityPlan } from '../capacityPlan.js';
import { type Compared, type Comparison, comparedOf } from '../comparison.js';
import type { HighestRate, RateTrial } from '../highestRate.js';
import { pages } from '../html.js';
import type { Language } from '../language.js';
import type { OutlookRow } from '../outlook.js';
import { outlookPlanOf } from '../prospect.js';
import type { SeriesHead } from '../series.js';
import { growthOf, type Sweep, type SweepPoint, sweepPointOf } from '../sweep.js';
import { expectedOf, failingResult, sampleResult } from './sample.js';
import { sampleClaims } from './several.js';

/** Invented pages of every kind, each with everything on it that such a page can have; nothing here was measured. `changed`: each record, before it is shown. */
export function samplePages(
  language: Language,
  changed: <Kept>(kept: Kept) => Kept = (kept) => kept,
): Readonly<Record<'run' | 'comparison' | 'sweep' | 'capacity' | 'claims' | 'plan', string>> {
  return {
    run: pages.result(changed(wholeResult()), language),
    comparison: pages.comparison(changed(wholeComparison()), language),
    sweep: pages.sweep(changed(wholeSweep()), language),
    capacity: pages.capacity(changed(wholeHighestRate()), language),
    claims: pages.claims(changed(sampleClaims()), language),
    plan: pages.plan(changed(samplePlanned()), language),
  };
}

/** Of a run that failed: with a process that died, refusals, several kinds of traffic, what the model says, and how it went. */
export function wholeResult(steps = 30): Result {
  const result = failingResult();
  const nodes = result.nodes.map((node, index) => ({
    ...node,
    ...(index === 0 ? { refused: { 'rate limit': 3 }, joinWindowMsMax: 12 } : {}),
    kinds: { ...node.kinds, chat: { ...node.kinds.chat, wasted: 40 * (index + 1) }, presence: { ...node.kinds.presence, published: 5 } },
  }));
  return {
    ...result,
    nodes,
    plan: { ...result.plan, changed: ['3 brokers instead of 2'] },
    expected: expectedOf(result),
    timeline: timeline(steps),
  };
}

function timeline(steps: number): NonNullable<Result['timeline']> {
  const over = (value: (step: number) => number) => Array.from({ length: steps }, (_, step) => value(step));
  return {
    stepSeconds: 1,
    sent: over((step) => 1000 + 80 * Math.sin(step)),
    delivered: over((step) => (step === 12 ? 200 : 1000 + 70 * Math.sin(step))),
    responseMsP50: over((step) => 2 + 0.4 * Math.cos(step)),
    responseMsP99: [...over((step) => 9 + (step === 12 ? 90 : 2 * Math.cos(step))).slice(0, -1), null],
    nodes: {
      connections: over(() => 400),
      subscriptions: over((step) => 400 + step),
      memoryBytesMean: over((step) => 86e6 + step * 3e5),
      memoryBytesMost: over((step) => 90e6 + step * 3e5),
    },
    marks: [{ atSeconds: 12.4, words: '[redis-1] ended with SIGKILL' }],
  };
}

const head: Omit<SeriesHead, 'command'> = {
  ...{ schema: 1, startedAt: '2026-01-15T12:00:00.000Z', source: 'live', scenario: 'direct', rooms: 'members', seed: 7 },
  ...{ rate: '1,000 messages/s for 10 s, 64 bytes each', commit: '3f1c2ab90d47e658', machine: 'linux x64, 2 cores' },
};

function outlookRow(name: string): OutlookRow {
  const { plan } = sampleResult();
  const known = outlookPlanOf({ ...plan, strategy: { ...plan.strategy, name } });
  if (known === undefined) throw new RangeError(`${name} is in no page`);
  const now = { size: known.size, nodeLoad: 510, brokerLoad: 667, amplification: 2, connectionsPerNode: 6, subscriptionsPerNode: 100 };
  return { plan: known, now };
}

function outlooks(): readonly OutlookRow[] {
  return ['hashed', 'single-channel'].map(outlookRow);
}

export function wholeComparison(): Comparison {
  const compared = (strategy: string, times: number, more: Partial<Compared> = {}): Compared => {
    const one = comparedOf(sampleResult(), { folder: strategy, row: null });
    return {
      ...one,
      strategy,
      amplification: 2 * times,
      handledMost: { node: 5_000 * times, broker: 6_667 },
      costUsPerDelivered: { node: 60 * times, broker: 5, generator: 20 },
      memoryBytes: { node: 86e6 * times, broker: 2e6 },
      responseMs: { p50: 2.1 * Math.sqrt(times), p99: 9 * times },
      rounds: [...one.rounds, ...one.rounds],
      outlook: outlookRow(strategy),
      ...more,
    };
  };
  return {
    ...head,
    command: 'npx bench compare --strategies all --seed 7',
    runs: [
      compared('hashed', 1),
      compared('grouped', 1.3),
      compared('redis-broadcast', 2.6, { joinWindowMsMax: 12 }),
      compared('single-channel', 4.1),
      compared('socket.io-redis', 13, { adapter: true, control: 'single-channel', status: 'unknown', reasons: ['rounds differ'] }),
    ],
    added: [{ strategy: 'single-channel', why: 'the control of socket.io-redis' }],
    leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }],
    failed: [{ strategy: 'odd', why: '[r1] died' }],
  };
}

export function wholeSweep(): Sweep {
  const vary: Sweep['vary'] = [{ name: 'nodes', values: [1, 2, 4, 8] }];
  const pointOf = (strategy: string, nodes: number, wasteful: boolean): SweepPoint => {
    const result = sampleResult();
    const plan: Plan = { ...result.plan, size: { ...result.plan.size, nodes } };
    const point = sweepPointOf({ ...result, plan, expected: expectedOf(result) }, `${strategy}-nodes-${nodes}`, vary);
    const receivedPerNode = wasteful ? 10_000 : 10_000 / nodes;
    const figures = { ...point.figures, receivedPerNode, receivedMost: receivedPerNode * 1.02, amplification: wasteful ? 1 + nodes : 2 };
    const model = { ...figures, nodeUsPerDelivered: null, brokerUsPerDelivered: null, responseMsP99: null, memoryBytesPerNode: null };
    return {
      ...point,
      strategy,
      figures,
      model: { ...model, memoryBytesPerBroker: null, amplification: figures.amplification * (nodes === 8 ? 0.98 : 1) },
    };
  };
  const points = [1, 2, 4, 8].flatMap((nodes) => [pointOf('hashed', nodes, false), pointOf('single-channel', nodes, true)]);
  return {
    ...head,
    command: 'npx bench sweep --strategies hashed,single-channel --vary nodes=1,2,4,8',
    ...{ vary, points, growth: growthOf(points, vary), outlooks: [...outlooks()], added: [], failed: [] },
    leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }],
  };
}

export function wholeHighestRate(): HighestRate {
  const trial = (step: RateTrial['step'], ratePerSecond: number, limit: RateTrial['limit']): RateTrial => ({
    ...{ step, ratePerSecond, folder: `${step}-${ratePerSecond}`, holds: limit === null, limit, lost: 0, sentPerSecond: ratePerSecond - 1 },
    reasons: limit === null ? [] : ['p99 is 80 ms (limit 50 <ms>)'],
    responseMsP99: limit === null ? 9 + ratePerSecond / 100 : 80,
    busyShare: { node: 0.5, broker: 0.1, worker: 0.2, machine: null },
  });
  return {
    ...head,
    command: 'npx bench capacity --strategy hashed',
    ...{ strategy: 'hashed', size: '4 nodes, 3 Redis, 400 users', slo: 'p99<50ms,lost=0' },
    range: { startRate: 100, leastRate: 1, mostRate: 1_000, precision: 0.1, mostBecause: '--rate-most 1000 ends the search' },
    trials: [
      trial('double', 100, null),
      trial('double', 200, null),
      trial('double', 400, 'system'),
      trial('bisect', 280, null),
      trial('confirm', 252, null),
    ],
    answer: { holds: 280, breaks: 400, confirmedAt: 252, limit: 'system' },
  };
}

export function samplePlanned(): CapacityPlan {
  const planned = (strategy: string, brokers: number, cores: number) => ({
    ...{
      strategy,
      engine: 'fast',
      nodes: 120,
      brokers,
      kinds: ['redis'],
      cores,
      directories: 0,
      allowed: 0.6,
      saturatesFirst: 'sockets of a node',
      entriesPerPlace: 0,
      uncalibrated: [],
    },
    node: { share: 0.31, busyShare: 0.25, memoryBytes: 4e8 },
    broker: brokers === 0 ? null : { share: 0.58, busyShare: 0.57, memoryBytes: 6e7 },
    ...{ connectionsPerBroker: 120, subscriptionsPerBroker: 300_000, lostShare: brokers === 0 ? null : 1 / brokers, wastedShare: 0.02 },
    millionMore: { nodes: 100, brokers: 3, cores: 40 },
  });
  return {
    ...{ schema: 1, startedAt: '2026-01-18T12:00:00.000Z', command: 'npx bench plan --users 1e6 --rate-per-user 0.02', seed: 7 },
    environment: { commit: '3f1c2ab90d47e658', bench: '0.1.0', node: 'v20.20.2' },
    ...{ users: 1_000_000, ratePerUser: 0.02, workload: 'direct' },
    demands: { utilisation: 0.6, connectionsPerNode: 10_000, nodesLeast: 2, responseMsP99: 50 },
    calibration: {
      ...{
        where: 'the reference',
        madeAt: '2026-01-15T12:00:00.000Z',
        ageDays: 3,
        assumed: ['questions'],
      },
      environment: { commit: null, bench: '0.1.0', platform: 'linux x64', cpus: 'Invented CPU', cores: 2, node: 'v20.20.2' },
      runs: [calibrationRun(150), calibrationRun(4_000)],
    },
    strategies: [planned('hashed', 4, 41), planned('single-channel', 40, 260), planned('node-inbox', 0, 44)],
    impossible: [{ strategy: 'master', why: 'the master would be full' }],
    advice: { strategy: 'hashed', alike: ['node-inbox'], reasons: ['it needs the fewest cores'] },
    winners: [
      { users: 1_000, strategy: 'hashed', hashed: 0.2, hashedAlike: true },
      { users: 10_000_000, strategy: 'node-inbox', hashed: 420, hashedAlike: false },
    ],
    outlooks: [...outlooks()],
  };
}

function calibrationRun(ratePerSecond: number): CapacityPlan['calibration']['runs'][number] {
  return { strategy: 'hashed', engine: 'fast', scenario: 'direct', rooms: 'members', nodes: 4, users: 400, ratePerSecond, seconds: 10 };
}
