import { expect, it } from 'vitest';
import { planOf } from '../../plan/plan.js';
import { loadScenario } from '../../plan/scenarios.js';
import { checkedStrategy, optionsOf } from '../../plan/strategies.js';
import { runModelled } from '../modelled.js';
import { outlookOf } from './outlook.js';

/** The same plan for a size as `bench predict` makes it. */
async function predicted(name: string, size: { nodes: number; brokers: number; users: number; ratePerSecond: number }) {
  const { strategy, file } = await checkedStrategy(name);
  const scenario = await loadScenario('direct');
  const plan = planOf({
    ...{ strategy, strategyFile: file, options: optionsOf(strategy, {}), scenario, sizeName: 'smoke', size, rooms: 'members' },
    ...{ seed: 7, run: 'modelled', workers: 1, warmUpSeconds: 0, attach: { brokers: null, store: null }, command: '' },
  });
  return { strategy, scenario, plan };
}

it.each(['single-channel', 'hashed', 'mesh-master', 'redis-cluster', 'grouped', 'user-channels', 'node-inbox'])(
  'moves %s to another size as bench predict has it there',
  async (name) => {
    const small = { nodes: 2, brokers: 2, users: 40, ratePerSecond: 50 };
    const large = { nodes: 6, brokers: 4, users: 120, ratePerSecond: 150 };
    const { plan, strategy, scenario } = await predicted(name, small);
    const there = await predicted(name, large);
    const { model, amplification } = await runModelled(there.plan, strategy, scenario);
    const outlook = outlookOf(plan, strategy, scenario, there.plan.size);
    const { seconds } = there.plan.size;
    const brokers = Object.values(model?.perBroker ?? {}).map(({ in: taken, out, relayed }) => taken.mean + out.mean + relayed.mean);
    expect(outlook).toEqual({
      size: there.plan.size,
      nodeLoad: ((model?.perNode.published.mean ?? 0) + (model?.perNode.received.mean ?? 0)) / seconds,
      brokerLoad: brokers.length === 0 ? null : Math.max(...brokers) / seconds,
      amplification: expect.closeTo(amplification ?? Number.NaN, 9),
      connectionsPerNode: model?.links.perNode,
      subscriptionsPerNode: Object.values(model?.subscriptions ?? {}).reduce((sum, count) => sum + count, 0),
    });
  },
);
