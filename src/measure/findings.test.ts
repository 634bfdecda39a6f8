import { describe, expect, it } from 'vitest';
import { findingsOf } from './findings.js';
import { Latency } from './latency.js';
import { Ledger, socketName } from './ledger.js';
import type { BrokerResult } from './result.js';
import { type AnswerRow, type ChangeRow, type ComingSightings, type Sightings, statuses } from './sightings.js';

const [online, offline, unknown] = statuses.map((_, index) => index) as [number, number, number];
const graceMs = 100;
const startMs = 10_000;
const topology = { version: 1, nodes: ['n1'], brokers: [] };

/** User 1 was online until 12,000 and from 13,000 on, user 2 always, user 3 never. */
function ledger(): Ledger {
  const all = new Ledger();
  const [one, two] = [socketName('u1', '0'), socketName('u2', '0')];
  all.add({ fact: 'connected', socket: one, askedAtMs: 5_000, atMs: 5_010 });
  all.add({ fact: 'disconnectAsked', socket: one, atMs: 12_000 });
  all.add({ fact: 'connected', socket: one, askedAtMs: 13_000, atMs: 13_020 });
  all.add({ fact: 'connected', socket: two, askedAtMs: 5_000, atMs: 5_010 });
  return all;
}

function found(...sightings: readonly Partial<Sightings>[]) {
  const all = sightings.map((one) => ({ startMs, spread: [], ...one }));
  return findingsOf({ sightings: all, ledger: ledger(), graceMs, brokers: [], topology });
}

function histogram(...durationsMs: readonly number[]): string {
  const latency = new Latency();
  for (const ms of durationsMs) latency.add(ms);
  return latency.toBytes();
}

const none = histogram();

function presence(answers: readonly AnswerRow[], changes: readonly ChangeRow[] = []) {
  return { presence: { answers, changes, latency: { online: none, offline: none, unknown: none }, refused: {} } };
}

it('nothing of the kind was played: null', () => {
  expect(found({})).toEqual({ spreadMs: null, hottestBroker: null, responseBy: null, presence: null, comings: null, http: null });
});

describe('the spread', () => {
  it('is from the first recipient of all workers to the last; a message to one has none', () => {
    const { spreadMs } = found({ spread: [[0, 0, [10, null, 30], [15, null, 30]]] }, { spread: [[0, 0, [8, 20], [12, 21]]] });
    expect(spreadMs).toMatchObject({ count: 2, max: 7 });
  });

  it('compares workers that began at different moments by the clock', () => {
    const { spreadMs } = found({ spread: [[0, 0, [10], [10]]] }, { startMs: startMs + 5, spread: [[0, 0, [10], [10]]] });
    expect(spreadMs).toMatchObject({ count: 1, max: 5 });
  });
});

describe('an answer about who is online', () => {
  it.each([
    ['online', 1, 11_000, online, 1, 0],
    ['online, said offline', 1, 11_000, offline, 1, 1],
    ['online, nobody could say', 1, 11_000, unknown, 0, 0],
    ['just leaving', 1, 11_950, offline, 0, 0],
    ['gone', 1, 12_500, offline, 1, 0],
    ['gone, said online', 1, 12_500, online, 1, 1],
    ['coming', 1, 13_000, offline, 0, 0],
    ['back', 1, 14_000, online, 1, 0],
    ['never there, said online', 3, 11_000, online, 1, 1],
  ] as const)('is held against the ledger: %s', (_what, about, atMs, status, checked, wrong) => {
    expect(found(presence([[about, atMs, atMs + 10, status]])).presence).toMatchObject({ checked, wrong });
  });

  it('is counted by what it says', () => {
    const answers: readonly AnswerRow[] = [
      [2, 11_000, 11_001, online],
      [2, 11_000, 11_001, online],
      [3, 11_000, 11_001, unknown],
    ];
    expect(found(presence(answers.slice(0, 1)), presence(answers.slice(1))).presence?.answers).toEqual({
      online: 2,
      offline: 0,
      unknown: 1,
    });
  });
});

it('a change is told so long after the disconnect or connect that it tells of; one from before the load is not timed', () => {
  const changes: readonly ChangeRow[] = [
    [1, offline, 12_030],
    [1, online, 13_050],
    [2, online, 11_000],
  ];
  expect(found(presence([], changes)).presence).toMatchObject({ told: 3, toldMs: { count: 2, max: expect.closeTo(50, 0) } });
});

describe('all are back', () => {
  const coming: ComingSightings = {
    left: 2,
    away: 0,
    connected: 2,
    failed: {},
    connectMs: histogram(10, 20),
    firstLeftAtMs: 11_000,
    lastBackAtMs: 11_500,
  };

  it('from the first of all workers that left to the last that came', () => {
    const later = { ...coming, firstLeftAtMs: 11_100, lastBackAtMs: 11_700 };
    expect(found({ comings: coming }, { comings: later }).comings).toMatchObject({
      left: 4,
      connected: 4,
      away: 0,
      allBackMs: 700,
      connectMs: { count: 4 },
    });
  });

  it('never, where somebody stays away', () => {
    const away = { ...coming, away: 1, connected: 1, failed: { 'transport close': 1 } };
    expect(found({ comings: coming }, { comings: away }).comings).toMatchObject({
      allBackMs: null,
      away: 1,
      failed: { 'transport close': 1 },
    });
  });
});

it('the hottest broker is a multiple of the mean, by the own words of those that pass messages on', () => {
  const broker = (id: string, taken: number | null) => ({ id, in: taken }) as BrokerResult;
  const of = (...brokers: readonly BrokerResult[]) =>
    findingsOf({
      sightings: [],
      ledger: new Ledger(),
      graceMs,
      brokers,
      topology: {
        ...topology,
        brokers: [
          { id: 'r1', kind: 'redis' },
          { id: 'r2', kind: 'redis' },
          { id: 'd', kind: 'hub', directoryOnly: true },
        ],
      },
    }).hottestBroker;
  expect(of(broker('r1', 10), broker('r2', 30), broker('d', 900))).toEqual({ id: 'r2', ratio: 1.5 });
  expect(of(broker('r1', 10), broker('r2', null))).toBe(null);
  expect(of(broker('r1', 0), broker('r2', 0))).toBe(null);
});

it('what was done over HTTP adds up', () => {
  const http = {
    messages: 2,
    asks: 1,
    statuses: { 200: 2, 429: 1 },
    unanswered: 0,
    seconds: 2,
    messageMs: histogram(5, 6),
    askMs: histogram(7),
  };
  expect(found({ http }, { http: { ...http, seconds: 1 } }).http).toMatchObject({
    messages: 4,
    asks: 2,
    statuses: { 200: 4, 429: 2 },
    perSecond: 3,
    messageMs: { count: 4 },
    askMs: { count: 2 },
  });
});
