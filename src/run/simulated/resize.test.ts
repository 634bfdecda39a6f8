import { describe, expect, it } from 'vitest';
import { judgementOf, nobody, play, setUp, stageOf } from './phases.js';
import { type Resize, resize, type Way } from './resize.js';
import { simulatedPlan } from './testing/plans.js';

const size = { nodes: 4, brokers: 3, users: 400, ratePerSecond: 2_000, seconds: 1 };

async function resized(name: string, way: Way, brokers = 4): Promise<Resize> {
  const plan = await simulatedPlan(name, 'direct', { size });
  return resize(plan, way, { brokers, restartMs: 200, rolloutMs: 200 });
}

describe('more Redis under load', () => {
  it.each([
    ['hashed', 3, 4],
    ['ring', 3, 4],
    ['rendezvous', 3, 4],
    ['partition-ring', 3, 4],
    ['grouped', 4, 6],
  ] as const)('%s, coordinated: nothing is lost, doubled or refused', async (name, from, to) => {
    const { counts, ...changed } = await resized(name, 'coordinated', to);
    expect(changed).toMatchObject({ from, to });
    expect(counts).toMatchObject({ sent: 2_000, delivered: 2_000, lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, uncertain: 0 });
  });

  it.each([
    ['hashed', 0.75],
    ['ring', 0.25],
    ['rendezvous', 0.25],
    ['partition-ring', 0.25],
  ] as const)('%s moves about %d of the topics, and naively loses messages for them alone', async (name, share) => {
    const { movedShare, subscribes, counts } = await resized(name, 'naive');
    expect(Math.abs(movedShare - share)).toBeLessThan(0.1);
    // The nodes' own topics move as well.
    expect(subscribes).toBeGreaterThanOrEqual(Math.round(movedShare * size.users));
    expect(subscribes).toBeLessThanOrEqual(Math.round(movedShare * size.users) + size.nodes);
    expect(counts.lost).toBeGreaterThan(0);
    // 400 messages are sent while nodes go over; at most those for topics that move are lost, and a few that were on their way.
    expect(counts.lost).toBeLessThan(400 * (movedShare + 0.1));
    expect(counts).toMatchObject({ duplicated: 0, misdelivered: 0 });
  });

  it('hashed, by a restart: what is said meanwhile is refused, and nothing is lost', async () => {
    const { counts, tookMs, subscribes } = await resized('hashed', 'restart');
    expect(counts).toMatchObject({ lost: 0, duplicated: 0, delivered: counts.sent });
    expect(Math.abs(counts.rejected - 400)).toBeLessThan(60);
    expect(tookMs).toBeCloseTo(200);
    expect(subscribes).toBe(size.users + size.nodes);
  });
});

describe('a change of the topology of a town', () => {
  it('leaves nobody listening at a place that the new topology does not name', async () => {
    const plan = await simulatedPlan('ring', 'direct', { size });
    const stage = await stageOf(plan, nobody);
    const { town, strategy } = stage;
    setUp(stage);
    const next = { ...plan.topology, version: 2, brokers: strategy.brokers({ ...plan.size, brokers: 4 }) };
    town.change(next, 'coordinated');
    town.timeline.drain();
    const listened = next.brokers.map(({ id }) => town.network.channels(id)).reduce((sum, channels) => sum + channels, 0);
    expect(listened).toBe(size.users + size.nodes);
    expect(town.network.channels('r4')).toBeGreaterThan(0);
  });

  it.each(['hashed', 'mesh-replicated', 'directory-hash', 'node-inbox'])('%s: a node that joins is reached under load', async (name) => {
    const plan = await simulatedPlan(name, 'direct', { size });
    const stage = await stageOf(plan, nobody);
    const { town } = stage;
    setUp(stage);
    const heard: string[] = [];
    town.watch((node, effect) => effect.type === 'deliver' && node === 'n5' && heard.push(effect.topic));
    const joined = { ...plan.topology, version: 2, nodes: [...plan.topology.nodes, 'n5'] };
    town.timeline.at(town.timeline.nowMs + 200, () =>
      town.change(joined, 'coordinated', () => {
        for (let user = 0; user < 50; user++) town.network.step('n5', { type: 'wanted', topic: `u:u${user}`, socket: user });
      }),
    );
    play(stage);
    expect(heard.length).toBeGreaterThan(20);
  });

  it.each(['hashed', 'single-channel', 'directory-hash'])('%s: a node that dies takes nothing along but its own users', async (name) => {
    const plan = await simulatedPlan(name, 'direct', { size });
    const stage = await stageOf(plan, nobody);
    const { town } = stage;
    setUp(stage);
    const left = { ...plan.topology, version: 2, nodes: plan.topology.nodes.slice(1) };
    town.timeline.at(town.timeline.nowMs + 500, () => town.change(left, 'coordinated'));
    play(stage);
    const { counts, examples } = judgementOf(stage);
    // Users 0, 4, 8, ... were on it: what is for them afterwards nobody expects, what they would have said is refused.
    expect(examples.lost.filter((words) => Number(/to u:u(\d+) /.exec(words)?.[1]) % 4 !== 0)).toEqual([]);
    expect(counts.rejected).toBeGreaterThan(150);
    expect(counts).toMatchObject({ duplicated: 0, misdelivered: 0 });
    expect(counts.sent + counts.rejected + counts.unanswered).toBe(2_000);
    expect(counts.delivered).toBeGreaterThan(1_400);
  });
});
