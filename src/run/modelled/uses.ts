import { type EngineName, engines } from '../../plan/types.js';
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

/** What was never measured, and what stands for it; null: nothing does, and it counts at what it takes at least. */
export interface Substitute {
  /** A kind of broker, or an engine of nodes. */
  readonly name: string;
  readonly of: 'cpu' | 'memory';
  readonly countedAs: string | null;
}

type Fits = Readonly<Record<string, Fit>>;

/** The fit of a name, or the one that stands for it. */
interface Standing {
  readonly fit: Pick<Fit, 'terms'>;
  readonly uncalibrated: readonly Substitute[];
}

function standing(of: Substitute['of'], fits: Fits, name: string, other: string): Standing {
  const [own, instead] = [fits[name], fits[other]];
  if (own !== undefined) return { fit: own, uncalibrated: [] };
  return { fit: instead ?? { terms: {} }, uncalibrated: [{ name, of, countedAs: instead === undefined ? null : other }] };
}

/** What one node uses; where its engine was never measured, the other one stands for it. */
export function nodeUse({ estimate: { perNode }, plan: { size } }: Model, engine: EngineName, { cpuUs, memoryBytes }: Calibration) {
  const other = engines.find((name) => name !== engine) ?? engine;
  const cpu = standing('cpu', cpuUs.nodes, engine, other);
  const memory = standing('memory', memoryBytes.nodes, engine, other);
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
  const bytes = costOf(memory.fit, { process: 1, connection: size.users / size.nodes });
  return { use: useOf('node', cpu.fit, counts, bytes), uncalibrated: [...cpu.uncalibrated, ...memory.uncalibrated] };
}

function useOf(role: 'node' | 'broker', cpu: Pick<Fit, 'terms'>, perSecond: Readonly<Record<string, number>>, memoryBytes: number): Use {
  const coresOf = (counts: Readonly<Record<string, number>>) => costOf(cpu, counts, leastUs[role]) / 1e6;
  return { share: coresOf(perSecond), busyShare: coresOf({ ...perSecond, seconds: 0 }), memoryBytes };
}

/** What one broker of each kind uses; where a kind was never measured, what Redis costs stands for it. */
export function brokerUses({ estimate, plan, holdings }: Model, { plan: { topology } }: Subject, { cpuUs, memoryBytes }: Calibration) {
  const subscriptions = subscriptionsPerBroker(holdings, topology);
  const kinds = [...new Set(topology.brokers.map(({ kind }) => kind))];
  const used = kinds.map((kind) => {
    const spread = estimate.perBroker.get(kind);
    const perSecond = Object.fromEntries(
      brokerTerms.map((name) => [name, name === 'seconds' ? 1 : (spread?.[name].mean ?? 0) / plan.size.seconds]),
    );
    const cpu = standing('cpu', cpuUs.brokers, kind, 'redis');
    const memory = standing('memory', memoryBytes.brokers, kind, 'redis');
    const use = useOf(
      'broker',
      cpu.fit,
      perSecond,
      costOf(memory.fit, { process: 1, node: topology.nodes.length, channel: subscriptions }),
    );
    return { kind, use, uncalibrated: [...cpu.uncalibrated, ...memory.uncalibrated] };
  });
  return { uses: new Map(used.map(({ kind, use }) => [kind, use])), uncalibrated: used.flatMap((one) => one.uncalibrated) };
}
