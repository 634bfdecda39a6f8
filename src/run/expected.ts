import { BenchError } from '../error.js';
import { sum } from '../measure/accounting.js';
import type { Expected } from '../measure/expectedSchema.js';
import type { BrokerResult, Measured, NodeResult } from '../measure/result.js';
import { scenarioOf } from '../plan/scenarios.js';
import { loadStrategy } from '../plan/strategies.js';
import { kinds } from '../routing/types.js';
import { runModelled } from './modelled.js';
import { socketsOf } from './placedByTransport.js';

/** The kinds of traffic that the model knows. */
const modelledKinds = ['chat', 'directory'] as const;

/**
 * What the model says of the plan of a run; undefined where it cannot, where the run had traffic of which the model knows nothing, and where a process
 * died: its plan was not played to the end.
 */
export async function expectedOf({ plan, nodes, died }: Pick<Measured, 'plan' | 'nodes' | 'died'>): Promise<Expected | undefined> {
  if (died.length > 0 || nodes.some(hasMore)) return undefined;
  try {
    const modelled = await runModelled(plan, await loadStrategy(plan.strategy), await scenarioOf(plan), {
      sockets: socketsOf(plan.topology, nodes),
    });
    return modelled.nodes.length === 0 ? undefined : expectedBy(modelled);
  } catch (error) {
    if (error instanceof BenchError && error.fault === 'usage') return undefined;
    throw error;
  }
}

function hasMore({ kinds: traffic }: NodeResult): boolean {
  const others = kinds.filter((kind) => kind !== 'chat' && kind !== 'directory' && kind !== 'control');
  return others.some((kind) => traffic[kind].published + traffic[kind].received > 0);
}

function expectedBy({ nodes, brokers, amplification, errors = {} }: Measured): Expected {
  const exact = Object.keys(errors).length === 0;
  return { exact, amplification, nodes: nodes.map(nodeBy), brokers: brokers.map(brokerBy) };
}

function nodeBy({ id, kinds: traffic, subscriptions }: NodeResult): Expected['nodes'][number] {
  const total = (figure: 'published' | 'received' | 'wasted' | 'deliveredToSockets') =>
    sum(modelledKinds.map((kind) => traffic[kind][figure]));
  return {
    id,
    published: total('published'),
    received: total('received'),
    wasted: total('wasted'),
    deliveredToSockets: total('deliveredToSockets'),
    subscriptions: sum(Object.values(subscriptions)),
  };
}

function brokerBy({ id, in: taken, out, relayed }: BrokerResult): Expected['brokers'][number] {
  return { id, in: taken, out, relayed };
}
