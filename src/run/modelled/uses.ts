import { brokerTerms, type Calibration, leastUs, nodeRole } from './calibration.js';
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

/** What was never measured, and what stands for it. */
export interface Substitute {
  readonly what: string;
  readonly countedAs: string;
}

const nothing: Pick<Fit, 'terms'> = { terms: {} };

/** What one node uses; where its engine was never measured, another one stands for it. */
export function nodeUse({ estimate: { perNode }, plan: { size } }: Model, engine: string, { cpuUs, memoryBytes }: Calibration) {
  const [other = engine] = Object.keys(cpuUs.nodes);
  const counted = cpuUs.nodes[engine] === undefined ? other : engine;
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
  const memory = costOf(memoryBytes.node, { process: 1, connection: size.users / size.nodes });
  return { use: useOf('node', cpuUs.nodes[counted] ?? nothing, counts, memory), uncalibrated: substitutes([engine], counted, nodeRole) };
}

function substitutes(whats: readonly string[], countedAs: string, role = (name: string) => name): readonly Substitute[] {
  return whats.flatMap((what) => (what === countedAs ? [] : [{ what: role(what), countedAs: role(countedAs) }]));
}

function useOf(role: 'node' | 'broker', cpu: Pick<Fit, 'terms'>, perSecond: Readonly<Record<string, number>>, memoryBytes: number): Use {
  const coresOf = (counts: Readonly<Record<string, number>>) => costOf(cpu, counts, leastUs[role]) / 1e6;
  return { share: coresOf(perSecond), busyShare: coresOf({ ...perSecond, seconds: 0 }), memoryBytes };
}

/** What one broker of each kind uses; where a kind was never measured, what Redis costs stands for it. */
export function brokerUses({ estimate, plan, holdings }: Model, { plan: { topology } }: Subject, { cpuUs, memoryBytes }: Calibration) {
  const subscriptions = subscriptionsPerBroker(holdings, topology);
  const kinds = [...new Set(topology.brokers.map(({ kind }) => kind))];
  const uses = kinds.map((kind): [string, Use] => {
    const spread = estimate.perBroker.get(kind);
    const perSecond = Object.fromEntries(
      brokerTerms.map((name) => [name, name === 'seconds' ? 1 : (spread?.[name].mean ?? 0) / plan.size.seconds]),
    );
    const cpu = cpuUs.brokers[kind] ?? cpuUs.brokers.redis ?? nothing;
    const memory = memoryBytes.brokers[kind] ?? memoryBytes.brokers.redis ?? nothing;
    return [kind, useOf('broker', cpu, perSecond, costOf(memory, { process: 1, channel: subscriptions }))];
  });
  const never = kinds.filter((kind) => cpuUs.brokers[kind] === undefined);
  return { uses: new Map(uses), uncalibrated: substitutes(never, 'redis') };
}
