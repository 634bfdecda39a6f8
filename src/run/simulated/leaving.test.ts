import { expect, it } from 'vitest';
import { listStrategies } from '../../plan/strategies.js';
import { rowNames } from '../../routing/rows.js';
import type { Topic } from '../../routing/types.js';
import { setUp, stageOf } from './phases.js';
import { simulatedPlan } from './testing/plans.js';

const strategies = (await listStrategies()).filter(({ name }) => rowNames.has(name));

/** What comes for nobody is dropped, so a node that listened for ever would change no figure of a load. */
it.each(strategies.map(({ name }) => name))('%s: what its last socket has left, nobody listens for and nobody remembers', async (name) => {
  const plan = await simulatedPlan(name, 'direct', { size: { users: 40 } });
  const stage = await stageOf(plan);
  setUp(stage);
  const { network, timeline } = stage.town;
  const held = () => plan.topology.brokers.reduce((sum, { id }) => sum + network.channels(id), 0) + network.lines().length;
  const [before, needsAny] = [held(), plan.topology.brokers.length > 0 || plan.topology.nodes.length > 1];
  for (const [node, core] of network.nodes) {
    const topics: readonly Topic[] = [`n:${node}`, ...Array.from({ length: plan.size.users }, (_, user) => `u:u${user}` as const)];
    for (const topic of topics) for (const socket of core.sockets(topic) ?? []) network.step(node, { type: 'unwanted', topic, socket });
  }
  timeline.drain();
  expect(before > 0).toBe(needsAny);
  expect(held()).toBe(0);
});
