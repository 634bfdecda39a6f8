import { amplificationOf, equationsOf } from '../../measure/accounting.js';
import type { ModelRecord } from '../../measure/modelSchema.js';
import type { BrokerResult, Measured, NodeResult } from '../../measure/result.js';
import { ownWord, relaysTo } from '../../measure/traffic.js';
import type { Plan } from '../../plan/types.js';
import { byKind, zeroKind } from '../../routing/counters.js';
import type { environment } from '../environment.js';
import { meshKind } from '../nodesAsBrokers.js';
import { brokerWithoutProcess, nodeWithoutProcess } from '../noProcess.js';
import { errorsOf } from './errors.js';
import type { Column } from './estimate.js';
import { handledPer } from './handledPer.js';
import { recordOf } from './record.js';
import type { Model, Subject } from './subject.js';

/** More nodes or brokers than these are told by their spread alone. */
export const listedMost = 100;

/** When and where a model was made, and what is told beside it. */
export interface Occasion {
  readonly plan: Plan;
  readonly startedAt: string;
  readonly environment: Awaited<ReturnType<typeof environment>>;
  readonly exponents: readonly ModelRecord['exponents'][number][];
}

/** The one record of a run, as a model knows it: no process ran, so there are no times, no CPU and no memory. */
export function assemble(model: Model, subject: Subject, { plan, startedAt, environment, exponents }: Occasion): Measured {
  const isListed = plan.topology.nodes.length <= listedMost && plan.topology.brokers.length <= listedMost;
  const nodes = isListed ? nodeResults(model, subject) : [];
  const brokers = isListed ? brokerResults(model, subject) : [];
  const record = recordOf(model, subject, exponents);
  const delivered = model.estimate.deliveries;
  const counts = { ...noCounts, sent: model.messages, expected: delivered, delivered };
  return {
    schema: 1,
    strategy: plan.strategy.name,
    source: 'modelled',
    plan,
    startedAt,
    environment: { ...environment, brokers: {}, settings: {} },
    counts,
    examples: { lost: [], duplicated: [], misdelivered: [] },
    nodes,
    brokers,
    workers: [],
    equations:
      model.manner.name === 'all' && isListed ? equationsOf(nodes, brokers, counts, false, (id) => relaysTo(plan.topology, id)) : [],
    amplification: isListed ? amplificationOf(ownWord({ brokers }, plan.topology), delivered) : handledPer(model, subject),
    costUsPerDelivered: { node: null, broker: null, generator: null },
    rate: {
      offeredPerSecond: plan.size.ratePerSecond,
      sentPerSecond: null,
      deliveredPerSecond: delivered / plan.size.seconds,
      seconds: null,
    },
    latencyMs: { response: noLatency, service: noLatency, generatorLag: null, clockErrorMs: null, early: null },
    died: [],
    unknowns: isListed ? unknowns : { ...unknowns, nodes: tooMany, brokers: tooMany },
    errors: isListed ? errorsOf(model, subject) : {},
    model: record,
  };
}

const noCounts = {
  ...{ sent: 0, rejected: 0, unanswered: 0, expected: 0, delivered: 0 },
  ...{ lost: 0, duplicated: 0, misdelivered: 0, reordered: 0, uncertain: 0 },
};
const noLatency = { all: null, sameNode: null, crossNode: null };
const tooMany = `more than ${listedMost}: what one of them handles is in model.perNode and model.perBroker`;
const unknowns = { costUsPerDelivered: 'nothing was run', latencyMs: 'nothing was run' };

function nodeResults({ estimate, holdings }: Model, { plan: { topology, size }, sockets }: Subject): NodeResult[] {
  return topology.nodes.map((id, node) => {
    const of = (figure: keyof typeof estimate.nodes) => at(estimate.nodes[figure], node);
    const held = holdings[node] ?? holdings[0] ?? { subscriptions: {}, entries: {} };
    const [asked, chat] = [of('asked'), { in: of('published'), out: of('received') }];
    return {
      id,
      kinds: {
        ...byKind(zeroKind),
        chat: {
          ...{ fromClients: of('fromClients'), published: chat.in, received: chat.out },
          ...{ useful: of('useful'), wasted: of('wasted'), deliveredToSockets: of('deliveredToSockets') },
        },
        directory: { ...zeroKind(), published: asked, received: asked, useful: asked },
      },
      throughBrokers: { ...byKind(noTraffic), chat, directory: { in: asked, out: asked } },
      subscribes: 0,
      unsubscribes: 0,
      ...held,
      connections: sockets?.[node] ?? Math.ceil((size.users - node) / size.nodes),
      ...nodeWithoutProcess,
    };
  });
}

/** The listed brokers, and the nodes where they speak to each other. */
function brokerResults({ estimate }: Model, { plan: { topology }, strategy }: Subject): BrokerResult[] {
  const nodes = strategy.mesh ? topology.nodes.map((id) => ({ id, kind: meshKind })) : [];
  return [...topology.brokers, ...nodes].map(({ id, kind }, index) => {
    const of = (figure: keyof typeof estimate.brokers) => at(estimate.brokers[figure], index);
    const [chat, asked] = [{ in: of('in'), out: of('out') }, of('asked')];
    return {
      id,
      kind,
      in: chat.in + asked,
      out: chat.out + asked,
      relayed: of('relayed'),
      hops: index < topology.brokers.length ? 0 : chat.in,
      kinds: { ...byKind(noTraffic), chat, directory: { in: asked, out: asked } },
      channels: null,
      ...brokerWithoutProcess,
    };
  });
}

function noTraffic() {
  return { in: 0, out: 0 };
}

function at({ mean }: Column, place: number): number {
  return mean[place] ?? 0;
}
