import { brokerTerms, type Calibration, leastUs } from './calibration.js';
import { costOf, type Fit } from './leastSquares.js';
import { subscriptionsPerBroker } from './record.js';
import type { Model, Subject } from './subject.js';

/** One role at a size: what its busiest kind uses. */
export interface Use {
  /** Of one core, of one process; `busyShare` without what it takes to be there. */
  readonly share: number;
  readonly busyShare: number;
  readonly memoryBytes: number;
}

/** What one node uses. */
export function nodeUse({ estimate: { perNode }, plan: { size } }: Model, { cpuUs, memoryBytes }: Calibration): Use {
  const perSecond = (messages: number) => messages / size.seconds;
  const counts = {
    seconds: 1,
    fromClients: perSecond(perNode.fromClients.mean),
    published: perSecond(perNode.published.mean),
    useful: perSecond(perNode.useful.mean),
    wasted: perSecond(perNode.wasted.mean),
    deliveredToSockets: perSecond(perNode.deliveredToSockets.mean),
    asked: perSecond(perNode.asked.mean),
  };
  return useOf('node', cpuUs.node, counts, costOf(memoryBytes.node, { process: 1, connection: size.users / size.nodes }));
}

function useOf(role: 'node' | 'broker', cpu: Pick<Fit, 'terms'>, perSecond: Readonly<Record<string, number>>, memoryBytes: number): Use {
  const coresOf = (counts: Readonly<Record<string, number>>) => costOf(cpu, counts, leastUs[role]) / 1e6;
  return { share: coresOf(perSecond), busyShare: coresOf({ ...perSecond, seconds: 0 }), memoryBytes };
}

/** What one broker of each kind uses; where a kind was never measured, what Redis costs stands for it. */
export function brokerUses({ estimate, plan, holdings }: Model, { plan: { topology } }: Subject, { cpuUs, memoryBytes }: Calibration) {
  const subscriptions = subscriptionsPerBroker(holdings, topology);
  const kinds = [...new Set(topology.brokers.map(({ kind }) => kind))];
  const uncalibrated = kinds.filter((kind) => cpuUs.brokers[kind] === undefined);
  const uses = kinds.map((kind): [string, Use] => {
    const spread = estimate.perBroker.get(kind);
    const perSecond = Object.fromEntries(
      brokerTerms.map((name) => [name, name === 'seconds' ? 1 : (spread?.[name].mean ?? 0) / plan.size.seconds]),
    );
    const cpu = cpuUs.brokers[kind] ?? cpuUs.brokers.redis ?? { terms: {} };
    const memory = memoryBytes.brokers[kind] ?? memoryBytes.brokers.redis ?? { terms: {} };
    return [kind, useOf('broker', cpu, perSecond, costOf(memory, { process: 1, channel: subscriptions }))];
  });
  return { uses: new Map(uses), uncalibrated };
}
