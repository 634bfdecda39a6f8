import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Judgement, judge } from '../measure/judge.js';
import { Latency } from '../measure/latency.js';
import { Ledger } from '../measure/ledger.js';
import { userId } from '../plan/placement.js';
import { loadScenario } from '../plan/scenarios.js';
import type { Plan } from '../plan/types.js';
import { type Workload, workloadOf } from '../plan/workload.js';
import type { WorkerCalls, WorkerReport } from '../processes/protocol.js';
import { unixMs } from './clock.js';
import { openDriver } from './drivers.js';
import { type Faults, Peer } from './testing/peer.js';
import { testPlan } from './testing/plan.js';
import { readText, streamSaid } from './text.js';
import { workerCalls } from './worker.js';

const secrets = { tokenKey: randomBytes(32).toString('base64url') };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function peerWith(faults: Faults = {}): Promise<Peer> {
  const peer = await Peer.listen(2, faults);
  closing.push(() => peer.close());
  return peer;
}

/** `clocks`: how far that of each worker is ahead, and how far it is taken to be. */
async function workersFor(peer: Peer, plan: Plan, of = 1, clocks: readonly Ahead[] = []): Promise<readonly WorkerCalls[]> {
  const workers = Array.from({ length: of }, (_, shard) => workerCalls(openDriver, () => unixMs() + (clocks[shard]?.isMs ?? 0)));
  await all(workers, (worker, shard) =>
    worker.plan({ plan, secrets, shard, of, nodes: peer.urls, clockAheadMs: clocks[shard]?.foundMs ?? 0 }),
  );
  closing.push(() => all(workers, (worker) => worker.stop()));
  await all(workers, (worker) => worker.connect());
  return workers;
}

function all<T>(workers: readonly WorkerCalls[], call: (worker: WorkerCalls, shard: number) => Promise<T>): Promise<T[]> {
  return Promise.all(workers.map(call));
}

interface Ahead {
  readonly isMs: number;
  readonly foundMs: number;
}

interface Played extends Judgement {
  readonly startUnixMs: number;
  readonly reports: readonly WorkerReport[];
  readonly workload: Workload;
}

/** The phases as the coordinator walks through them. */
async function played(peer: Peer, plan: Plan, of = 1, clocks: readonly Ahead[] = []): Promise<Played> {
  const workers = await workersFor(peer, plan, of, clocks);
  await all(workers, (worker) => worker.createRooms());
  await all(workers, (worker) => worker.probe());
  await all(workers, (worker) => worker.settle());
  expect((await all(workers, (worker) => worker.probed())).flat()).toEqual([]);
  expect(await all(workers, (worker) => worker.warmUp(unixMs()))).toEqual(workers.map(() => ({})));
  await all(workers, (worker) => worker.settle());
  const startUnixMs = Math.ceil(unixMs()) + 20;
  await all(workers, (worker) => worker.start(startUnixMs));
  await all(workers, (worker) => worker.settle());
  const reports = await all(workers, (worker) => worker.report());
  return { ...(await judged(plan, reports)), reports, startUnixMs, workload: await workloadFor(plan) };
}

async function workloadFor(plan: Plan): Promise<Workload> {
  return workloadOf(await loadScenario(plan.scenario), plan);
}

async function judged(plan: Plan, reports: readonly WorkerReport[]): Promise<Judgement> {
  const ledger = new Ledger();
  for (const report of reports) ledger.merge(Ledger.of(JSON.parse(JSON.stringify(report.ledger))));
  const { members } = await workloadFor(plan);
  return judge(ledger, { members, graceMs: plan.timing.graceMs });
}

const clean = { rejected: 0, unanswered: 0, lost: 0, duplicated: 0, misdelivered: 0, reordered: 0, uncertain: 0 };
const countOf = (bytes: string) => Latency.fromBytes(bytes).count;

describe('a worker', () => {
  it('plays direct messages, and every one is accounted for', async () => {
    const peer = await peerWith();
    const { counts, reports } = await played(peer, testPlan());
    expect(counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 100 });
    const [{ latency, refusals, disconnects, cpuUs, sendingSeconds }] = reports as [WorkerReport];
    expect(countOf(latency.responseSameNode) + countOf(latency.responseCrossNode)).toBe(100);
    expect(countOf(latency.serviceSameNode)).toBe(countOf(latency.responseSameNode));
    expect(countOf(latency.generatorLag)).toBe(100);
    expect([refusals, disconnects]).toEqual([{}, {}]);
    expect(cpuUs).toBeGreaterThan(0);
    expect(sendingSeconds).toBeGreaterThan(0.3);
  });

  it('tells same-node from cross-node by where sender and recipient are placed', async () => {
    const peer = await peerWith();
    const { reports, workload } = await played(peer, testPlan());
    const same = [...workload.actions()].filter((action) => action.do === 'message' && action.user % 2 === action.to % 2).length;
    expect(reports.map(({ latency }) => countOf(latency.responseSameNode))).toEqual([same]);
    expect(reports.map(({ latency }) => countOf(latency.responseCrossNode))).toEqual([100 - same]);
  });

  it('creates the rooms and plays posts, received by every member', async () => {
    const peer = await peerWith();
    const { counts, workload } = await played(peer, testPlan({ scenario: 'rooms' }));
    const pairs = [...workload.actions()].map((action) => (action.do === 'post' ? (workload.rooms[action.room]?.length ?? 0) : 0));
    const expected = pairs.reduce((sum, size) => sum + size, 0);
    expect(peer.rooms.get('r0')).toEqual(workload.rooms[0]?.map(userId));
    expect(counts).toEqual({ ...clean, sent: 100, expected, delivered: expected });
    expect(expected).toBeGreaterThan(200);
  });

  it('sends what the seed says, when the seed says it, never early', async () => {
    const peer = await peerWith();
    const { startUnixMs, workload } = await played(peer, testPlan());
    const actions = [...workload.actions()].map((action) => ({
      user: action.user,
      to: action.do === 'message' ? action.to : -1,
      atMs: action.atMs,
    }));
    const said = peer.taken.map(({ text }) => readText(text, 64)).sort((a, b) => (a?.intendedMs ?? 0) - (b?.intendedMs ?? 0));
    expect(said.map((one) => one && streamSaid(one))).toEqual(actions.map(({ user, to }) => `u${user} u:u${to}`));
    for (const [index, one] of said.entries()) {
      expect(Math.abs((one?.intendedMs ?? 0) - startUnixMs - (actions[index]?.atMs ?? 0))).toBeLessThan(0.002);
      expect(one?.sentMs).toBeGreaterThanOrEqual(one?.intendedMs ?? Infinity);
    }
  });

  it('is an open loop: it sends everything though nothing is answered until all has arrived', async () => {
    const held: (() => void)[] = [];
    const peer = await peerWith({
      answer: (number, acknowledge) => {
        held.push(() => acknowledge({ ok: true }));
        if (number === 100) for (const release of held) release();
      },
    });
    const { counts } = await played(peer, testPlan());
    expect(held.length).toBe(100);
    expect(counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 100 });
  });
});

describe('several workers', () => {
  it.each(['direct', 'rooms'])('together play what one would, and find the same (%s)', async (scenario) => {
    const [one, three] = [await peerWith(), await peerWith()];
    const plan = testPlan({ scenario });
    const [alone, together] = [await played(one, plan), await played(three, plan, 3)];
    expect(together.counts).toEqual(alone.counts);
    expect(together.counts.sent).toBe(100);
    expect(together.reports.length).toBe(3);
    expect(messages(three, together.startUnixMs)).toEqual(messages(one, alone.startUnixMs));
    expect(three.rooms.size).toBe(one.rooms.size);
  });
});

/** Who sent what to whom, and when it was meant to be sent, without the order of arrival. Starts at whole ms keep the fractions alike. */
function messages(peer: Peer, startUnixMs: number): readonly string[] {
  return peer.taken
    .map(({ text }) => readText(text, 64))
    .map((said) => `${said && streamSaid(said)} ${said?.sequence} ${(said?.intendedMs ?? 0) - startUnixMs}`)
    .sort();
}

describe('the warm-up', () => {
  it.each(['direct', 'rooms'])('plays the like of the load as probes of its size, which are in no figure (%s)', async (scenario) => {
    const [cold, warm] = [await peerWith(), await peerWith()];
    const without = await played(cold, testPlan({ scenario, warmUpSeconds: 0 }), 2);
    const after = await played(warm, testPlan({ scenario, warmUpSeconds: 0.2 }), 2);
    expect(warm.probed.length - cold.probed.length).toBe(40);
    expect(warm.probed.filter((text) => text.length === 64).length).toBe(40);
    expect(after.counts).toEqual(without.counts);
    expect(messages(warm, after.startUnixMs)).toEqual(messages(cold, without.startUnixMs));
    const deliveries = ({ reports }: Played) =>
      reports.reduce((sum, { latency }) => sum + countOf(latency.responseSameNode) + countOf(latency.responseCrossNode), 0);
    expect(deliveries(after)).toBe(deliveries(without));
  });

  it('says what was refused', async () => {
    const peer = await peerWith({ refusesProbe: (text) => text.startsWith('warm-up') });
    const [worker] = await workersFor(peer, testPlan());
    expect(await worker?.warmUp(unixMs())).toEqual({ 'rejected: queue full': 40 });
  });

  it('is over with the load: what of it still comes then is a stray', async () => {
    const peer = await peerWith();
    const plan = testPlan();
    const [worker] = await workersFor(peer, plan);
    await worker?.warmUp(unixMs());
    await worker?.settle();
    const over = worker?.start(unixMs());
    peer.push('u1', 'probe', { id: '', from: 'u0', to: 'u1', text: peer.probed.at(-1) ?? '' });
    await over;
    await worker?.settle();
    const report = await worker?.report();
    expect((await judged(plan, report === undefined ? [] : [report])).counts).toEqual({
      ...clean,
      sent: 100,
      expected: 100,
      delivered: 100,
      misdelivered: 1,
    });
  });

  it('costs the worker no measured CPU', async () => {
    const peer = await peerWith();
    const [worker] = await workersFor(peer, testPlan());
    await worker?.warmUp(unixMs());
    burnCpu(1_000_000);
    await worker?.start(unixMs());
    await worker?.settle();
    expect((await worker?.report())?.cpuUs).toBeLessThan(1_000_000);
  });
});

function burnCpu(us: number): void {
  const before = process.cpuUsage();
  for (let used = 0; used < us; ) {
    for (let step = 0; step < 1e6; step++) Math.sqrt(step);
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

describe('a clock that is far ahead', () => {
  const total = (reports: readonly WorkerReport[]) => reports.reduce((sum, { early }) => sum + early.count, 0);

  it('and found to be is corrected: the load begins and takes as long as it does', async () => {
    const peer = await peerWith();
    const { counts, reports, startUnixMs } = await played(peer, testPlan(), 2, [{ isMs: 3_600_000, foundMs: 3_600_000 }]);
    expect(counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 100 });
    expect(total(reports)).toBe(0);
    const sentMs = peer.taken.map(({ text }) => readText(text, 64)?.sentMs ?? 0);
    expect(Math.min(...sentMs)).toBeGreaterThanOrEqual(startUnixMs);
    expect(Math.max(...sentMs)).toBeLessThan(unixMs());
    for (const { latency } of reports) expect(Latency.fromBytes(latency.responseCrossNode).maxMs).toBeLessThan(60_000);
  });

  it('and not found to be makes messages come before they were sent, which is counted', async () => {
    const peer = await peerWith();
    const { reports, workload } = await played(peer, testPlan(), 2, [{ isMs: 5_000, foundMs: 0 }]);
    const fromTheFirst = [...workload.actions()].filter(
      (action) => action.do === 'message' && action.user % 2 === 0 && action.to % 2 === 1,
    );
    expect(reports.map(({ early }) => early.count)).toEqual([0, fromTheFirst.length]);
    expect(reports[1]?.early.mostMs).toBeGreaterThan(4_000);
    expect(reports[1]?.early.mostMs).toBeLessThan(5_000);
  });

  it('tells its own time when asked', async () => {
    const worker = workerCalls(openDriver, () => 1234.5);
    expect(await worker.time()).toEqual({ unixMs: 1234.5 });
  });
});

describe('what the system does wrong is found exactly', () => {
  it('loss, duplication and misdelivery', async () => {
    const peer = await peerWith({
      reaches: (number, recipient) => {
        if (number % 10 === 0) return [];
        if (number % 10 === 1) return [recipient, recipient, recipient];
        if (number % 10 === 2) return [recipient, recipient === 'u0' ? 'u1' : 'u0'];
        return [recipient];
      },
    });
    const { counts, examples, reports } = await played(peer, testPlan());
    const timed = reports.map(({ latency }) => countOf(latency.responseSameNode) + countOf(latency.responseCrossNode));
    expect(timed).toEqual([counts.delivered + counts.misdelivered]);
    expect(counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 90, lost: 10, duplicated: 20, misdelivered: 10 });
    expect(examples.lost[0]).toMatch(/^message \d+ of u\d+ to u:u\d+ did not reach u\d+\/0$/);
  });

  it('a text that was changed is nobody’s, and the message is lost', async () => {
    const peer = await peerWith({ text: (number, text) => (number <= 3 ? text.replace(' ', ' x') : text) });
    const { counts } = await played(peer, testPlan());
    expect(counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 97, lost: 3, misdelivered: 3 });
  });

  it('refusals, by reason; what was rejected is not expected', async () => {
    const peer = await peerWith({
      reaches: (number, recipient) => (number % 4 === 0 ? [] : [recipient]),
      answer: (number, acknowledge) => {
        if (number % 4 === 0) acknowledge({ ok: false, error: 'rejected', reason: 'queue full' });
        else if (number % 4 === 1) acknowledge({ ok: false, error: 'unknown', reason: 'broker lost' });
        else acknowledge({ ok: true });
      },
    });
    const { counts, reports } = await played(peer, testPlan());
    expect(counts).toEqual({ ...clean, sent: 50, rejected: 25, unanswered: 25, expected: 75, delivered: 75 });
    expect(reports[0]?.refusals).toEqual({ 'rejected: queue full': 25, 'unknown: broker lost': 25 });
  });

  it('what is never answered is unknown after the time-out', async () => {
    const peer = await peerWith({
      reaches: (number, recipient) => (number === 5 ? [] : [recipient]),
      answer: (number, acknowledge) => {
        if (number > 6) acknowledge({ ok: true });
      },
    });
    const { counts, reports } = await played(peer, testPlan({ timing: { leaseMs: 2000, graceMs: 1000, drainMs: 1500, setUpMs: 20_000 } }));
    expect(counts).toEqual({ ...clean, sent: 94, unanswered: 6, expected: 99, delivered: 99, uncertain: 1 });
    expect(reports[0]?.refusals).toEqual({ 'unknown: no answer within 1.5 s': 6 });
  });

  it('a cut connection, with the reason; its user’s sends are rejected and its messages expected no longer', async () => {
    const plan = testPlan({ timing: { leaseMs: 2000, graceMs: 0, drainMs: 5000, setUpMs: 20_000 } });
    const peer = await peerWith({
      answer: (number, acknowledge) => {
        acknowledge({ ok: true });
        if (number === 20) peer.kick('u3', 'too slow');
      },
    });
    const { counts, reports } = await played(peer, plan);
    expect(reports[0]?.disconnects).toEqual({ 'io server disconnect: too slow': 1 });
    const rejected = reports[0]?.refusals['rejected: not connected'] ?? 0;
    expect(counts.rejected).toBe(rejected);
    expect(rejected).toBeGreaterThan(0);
    expect(counts.sent + counts.rejected + counts.unanswered).toBe(100);
    expect(counts.expected).toBeLessThan(counts.sent);
    expect(counts).toMatchObject({ duplicated: 0, misdelivered: 0 });
  });

  it('a probe that does not arrive, by the worker of its recipient', async () => {
    const peer = await peerWith({ losesProbe: (text) => text === 'n1 -> n2' });
    const workers = await workersFor(peer, testPlan(), 2);
    await all(workers, (worker) => worker.probe());
    await all(workers, (worker) => worker.settle());
    expect(await all(workers, (worker) => worker.probed())).toEqual([[], ['n1 -> n2']]);
  });

  it('sockets that do not answer are no settled system', async () => {
    const peer = await peerWith({ deafToSync: true });
    const [worker] = await workersFor(peer, testPlan({ timing: { leaseMs: 2000, graceMs: 1000, drainMs: 1000, setUpMs: 20_000 } }));
    await expect(worker?.settle()).rejects.toThrow('[worker 0] 20 of 20 sockets did not answer sync: no answer within 1 s');
  });

  it('a refused connect, by user and node', async () => {
    const peer = await peerWith({ refuseConnect: (user) => (user === 'u3' ? 'token expired' : undefined) });
    await expect(workersFor(peer, testPlan())).rejects.toThrow(/^\[worker 0\] u3 could not connect to n2 at http:\S+: token expired$/);
  });

  it('a room that cannot be created', async () => {
    const peer = await peerWith();
    const [worker] = await workersFor(peer, testPlan({ scenario: 'rooms' }));
    await worker?.createRooms();
    await expect(worker?.createRooms()).rejects.toThrow(/could not create r\d+: rejected: the room exists/);
  });
});

it('reports at any moment: what is not answered yet has an unknown outcome, and nothing delivered is held against anyone', async () => {
  const held: (() => void)[] = [];
  let release = () => {};
  const arrived = new Promise<void>((resolve) => {
    release = resolve;
  });
  const peer = await peerWith({
    answer: (number, acknowledge) => {
      held.push(() => acknowledge({ ok: true }));
      if (number === 100) release();
    },
  });
  const plan = testPlan();
  const workers = await workersFor(peer, plan);
  await all(workers, (worker) => worker.createRooms());
  const over = all(workers, (worker) => worker.start(unixMs()));
  await arrived;
  await all(workers, (worker) => worker.settle());
  expect(await all(workers, (worker) => worker.progress())).toMatchObject([{ sent: 100, delivered: 100 }]);
  const early = await judged(plan, await all(workers, (worker) => worker.report()));
  expect(early.counts).toEqual({ ...clean, sent: 0, unanswered: 100, expected: 100, delivered: 100 });
  for (const acknowledge of held) acknowledge();
  await over;
  await all(workers, (worker) => worker.settle());
  const late = await judged(plan, await all(workers, (worker) => worker.report()));
  expect(late.counts).toEqual({ ...clean, sent: 100, expected: 100, delivered: 100 });
});

it('sends nothing after a report that cuts the run short, and holds nothing against anyone that was still under way', async () => {
  const cuts: (() => void)[] = [];
  const cut = new Promise<void>((resolve) => cuts.push(resolve));
  const peer = await peerWith({
    reaches: (number, recipient) => (number > 40 ? [] : [recipient]),
    answer: (number, acknowledge) => {
      acknowledge({ ok: true });
      if (number === 50) for (const resolve of cuts) resolve();
    },
  });
  const plan = testPlan();
  const workers = await workersFor(peer, plan, 2);
  const over = all(workers, (worker) => worker.start(unixMs()));
  await cut;
  const { counts } = await judged(plan, await all(workers, (worker) => worker.report()));
  await over;
  await all(workers, (worker) => worker.settle());
  expect(counts.sent + counts.unanswered).toBe(peer.taken.length);
  expect(peer.taken.length).toBeLessThan(100);
  expect(counts).toMatchObject({ lost: 0, duplicated: 0, misdelivered: 0 });
  expect(counts.delivered + counts.uncertain).toBe(peer.taken.length);
  expect(counts.uncertain).toBeGreaterThanOrEqual(peer.taken.length - 40);
});

it('says how far it is', async () => {
  const peer = await peerWith();
  const workers = await workersFor(peer, testPlan());
  expect(await workers[0]?.progress()).toEqual({ sent: 0, delivered: 0, responseMsP99: null });
  await all(workers, (worker) => worker.start(unixMs()));
  await all(workers, (worker) => worker.settle());
  const progress = await workers[0]?.progress();
  expect(progress).toMatchObject({ sent: 100, delivered: 100 });
  expect(progress?.responseMsP99).toBeGreaterThan(0);
});

it('refuses messages too small to say who sent them', async () => {
  const plan = testPlan({ size: { ...testPlan().size, bytes: 10 } });
  await expect(workerCalls(openDriver).plan({ plan, secrets, shard: 0, of: 1, nodes: [], clockAheadMs: 0 })).rejects.toThrow(
    'bytes are the least at this size',
  );
});
