import { describe, expect, it } from 'vitest';
import type { Measured } from '../../measure/result.js';
import { disagreementsWithSimulation } from './agreement.js';
import { simulate } from './simulate.js';
import { simulatedPlan } from './testing/plans.js';

/**
 * That live results agree is shown where they are played, in the live suite of src/commands: here is shown that a difference is found.
 * A simulation with other times for its hops stands for the live run.
 */
async function asLive(name: string, form: 'direct' | 'members' | 'topic'): Promise<Measured> {
  const plan = await simulatedPlan(name, form, { hopLatency: { distribution: 'exponential', meanMs: 20 } });
  const { hopLatency: _, ...livePlan } = (await simulate(plan)).measured.plan;
  return structuredClone({ ...(await simulate(plan)).measured, plan: livePlan });
}

describe('the agreement of a result with its simulation', () => {
  it.each([
    ['random-publish', 'direct'],
    ['mesh-master', 'members'],
    ['node-inbox', 'direct'],
    ['node-inbox', 'members'],
    ['node-cluster', 'topic'],
  ] as const)('%s, %s: is there', async (name, form) => {
    expect(await disagreementsWithSimulation(await asLive(name, form))).toEqual([]);
  });

  it('is not, with another seed', async () => {
    const live = await asLive('random-publish', 'direct');
    expect((await disagreementsWithSimulation({ ...live, plan: { ...live.plan, seed: 8 } })).length).toBeGreaterThan(10);
  });

  it('names figure, place and both values of what differs', async () => {
    const live = await asLive('directory-hash', 'direct');
    const [node, , third] = live.nodes;
    const [broker] = live.brokers;
    if (node === undefined || third === undefined || broker === undefined) throw new Error('no node or broker');
    const { received } = node.kinds.chat;
    const { in: asked } = broker.kinds.directory;
    node.kinds.chat.received++;
    broker.kinds.directory.in--;
    third.entries.u = 3;
    live.counts.lost = 1;
    expect(await disagreementsWithSimulation(live)).toEqual([
      'counts.lost: live 1, simulated 0',
      `nodes.n1.chat.received: live ${received + 1}, simulated ${received}`,
      'nodes.n3.entries.u: live 3, simulated 100',
      `brokers.n1.directory.in: live ${asked - 1}, simulated ${asked}`,
    ]);
  });

  it('leaves open only the number of questions, and that within bounds', async () => {
    const live = await asLive('node-inbox', 'members');
    for (const node of live.nodes) node.kinds.directory.published = 1000;
    const found = await disagreementsWithSimulation(live);
    expect(found.length).toBe(live.nodes.length);
    expect(found[0]).toMatch(/^nodes\.n1\.directory\.published: live 1000, simulated \d+ to \d+ \(.*which message comes first/);
  });

  it('where a transport places the sockets is one of sums over nodes', async () => {
    const live = await asLive('node-cluster', 'topic');
    const [one, other] = live.nodes;
    if (one === undefined || other === undefined) throw new Error('no nodes');
    one.kinds.chat.fromClients--;
    other.kinds.chat.fromClients++;
    expect(await disagreementsWithSimulation(live)).toEqual([]);
    one.kinds.chat.fromClients--;
    expect(await disagreementsWithSimulation(live)).toEqual(['nodes.chat.fromClients: live 49, simulated 50']);
  });
});
