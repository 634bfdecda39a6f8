import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import { runModelled } from '../modelled.js';
import { disagreementInWords, disagreements, disagreementsWithModel } from './agreement.js';
import { planFor } from './testing/town.js';

describe('a disagreement', async () => {
  const [strategy, other, scenario] = [
    await loadStrategy({ name: 'hashed', file: null }),
    await loadStrategy({ name: 'user-channels-publish-all', file: null }),
    await loadScenario('direct'),
  ];
  const plan = planFor(strategy, scenario, { nodes: 4, brokers: 3, users: 40, ratePerSecond: 100, seconds: 1, bytes: 64 });

  it('names the figure and its place', async () => {
    const modelled = await runModelled(plan, strategy, scenario);
    const run = structuredClone(modelled);
    const [, second] = run.nodes;
    if (second === undefined) throw new Error('there is no second node');
    second.kinds.chat.received += 1;
    expect(disagreements(run, modelled).map(disagreementInWords)).toEqual([
      `nodes.n2.chat.received: ${second.kinds.chat.received} in the run, ${second.kinds.chat.received - 1} by the model (± 0)`,
    ]);
  });

  it('shows a strategy that routes otherwise, and another seed', async () => {
    const run = await runModelled(plan, strategy, scenario);
    const routed = disagreements(await runModelled(plan, other, scenario), run).map(({ place }) => place);
    expect(routed).toEqual(expect.arrayContaining(['nodes.n1.chat.published', 'brokers.r1.chat.in']));
    const seeded = (await disagreementsWithModel({ ...run, plan: { ...plan, seed: plan.seed + 1 } })).map(({ place }) => place);
    expect(seeded).toEqual(expect.arrayContaining(['nodes.n1.chat.fromClients', 'brokers.r1.chat.out']));
  });

  it('is none where a transport put most sockets on one node, since what follows from that is asked', async () => {
    const cluster = await loadStrategy({ name: 'node-cluster', file: null });
    const size = { nodes: 4, brokers: 1, users: 400, ratePerSecond: 100, seconds: 1, bytes: 64 };
    const crowded = planFor(cluster, scenario, size, { rooms: 'topic' });
    const connections = [20, 30, 50, 300];
    const run = await runModelled(crowded, cluster, scenario, { sockets: connections });
    const evenly = run.nodes.map((node) => ({ ...node, connections: 100 }));
    expect(await disagreementsWithModel(run)).toEqual([]);
    expect((await disagreementsWithModel({ ...run, nodes: evenly })).map(({ place }) => place)).toContain(
      'nodes.n4.chat.deliveredToSockets',
    );
  });
});

it('the sockets of a run are heeded, too, where so many users are in rooms that the model takes some of them', async () => {
  const [cluster, rooms] = [await loadStrategy({ name: 'node-cluster', file: null }), await loadScenario('rooms')];
  const size = { nodes: 2, brokers: 1, users: 40_000, ratePerSecond: 400, seconds: 10, bytes: 64 };
  const plan = planFor(cluster, rooms, size, { rooms: 'topic' });
  const { nodes } = await runModelled(plan, cluster, rooms, {
    sockets: [10_000, 30_000],
    effort: { walkedMost: 0, sampledTopics: 2_000 },
  });
  const [one, other] = nodes.map(({ kinds }) => kinds.chat.fromClients / 4_000);
  expect([one, other]).toEqual([expect.closeTo(0.25, 1), expect.closeTo(0.75, 1)]);
});
