import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../measure/judge.js';
import { Ledger } from '../measure/ledger.js';
import { nodeIndex } from '../plan/placement.js';
import type { Plan } from '../plan/types.js';
import { workloadOfPlan } from '../plan/workloadOfPlan.js';
import type { WorkerReport } from '../processes/protocol.js';
import { unixMs } from './clock.js';
import { openDriver } from './drivers.js';
import { type Faults, Peer } from './testing/peer.js';
import { testPlan } from './testing/plan.js';
import { workerCalls } from './worker.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** From the load on, `refuseConnect` holds. */
async function stormed(
  { refuseConnect, ...faults }: Faults,
  driver: Plan['driver'],
): Promise<{ plan: Plan; report: WorkerReport; onlinePeers: number }> {
  let storming = false;
  const peer = await Peer.listen(2, { ...faults, refuseConnect: (user) => (storming ? refuseConnect?.(user) : undefined) });
  closing.push(() => peer.close());
  const plan = { ...testPlan({ scenario: 'reconnect-storm', warmUpSeconds: 0, driver }), scenarioOptions: { node: 1, jitter: 0.1 } };
  const worker = workerCalls(openDriver);
  const secrets = { tokenKey: randomBytes(32).toString('base64url') };
  await worker.plan({ plan, secrets, shard: 0, of: 1, nodes: peer.urls, clockAheadMs: 0 });
  closing.push(() => worker.stop());
  await worker.connect();
  storming = true;
  await worker.start(unixMs());
  await worker.settle();
  return { plan, report: await worker.report(), onlinePeers: peer.users.length };
}

describe.each(['raw', 'socket.io-client'] as const)('users that leave in the midst of a load (%s)', (driver) => {
  it('come back, and what was due before and after is held to account', async () => {
    const { plan, report, onlinePeers } = await stormed({}, driver);
    expect(report.sightings.comings).toMatchObject({ left: 10, connected: 10, away: 0, failed: {} });
    expect(report.sightings.comings?.lastBackAtMs).toBeGreaterThan(report.sightings.comings?.firstLeftAtMs ?? Infinity);
    expect(onlinePeers).toBe(20);
    const { members, actions } = await workloadOfPlan(plan);
    const toWhoStayed = [...actions()].filter((action) => action.do === 'message' && nodeIndex(action.to, 0, plan.size.nodes) !== 0);
    const { counts } = judge(Ledger.of(report.ledger), { members, graceMs: plan.timing.graceMs });
    expect(counts).toMatchObject({ sent: 100, lost: 0, duplicated: 0, misdelivered: 0 });
    expect(counts.delivered + counts.uncertain).toBe(100);
    // Of who left it depends on how long they were away; of who stayed nothing is uncertain.
    expect(toWhoStayed.length).toBeGreaterThan(30);
    expect(counts.delivered).toBeGreaterThanOrEqual(toWhoStayed.length);
    expect(report.disconnects).toEqual({});
  });

  it('stay away where they are refused, once each, and the others go on', async () => {
    const { report } = await stormed({ refuseConnect: (user) => (user === 'u4' ? 'no room' : undefined) }, driver);
    expect(report.sightings.comings).toMatchObject({ left: 10, connected: 9, away: 1, failed: { 'no room': 1 } });
    expect(report.refusals).toEqual({});
  });
});
