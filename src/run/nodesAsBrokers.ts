import { equation, sum, sumTraffic, trafficBetween } from '../measure/accounting.js';
import type { BrokerResult, Equation } from '../measure/result.js';
import type { BrokerTraffic } from '../routing/messages.js';
import { type Kind, kinds } from '../routing/types.js';
import type { BrokerCounters } from '../transports/types.js';
import type { Cast } from './cast.js';
import type { LiveFacts } from './live.js';

/** The transport between nodes, and the name it gives to each as a broker. */
export const meshKind = 'node';

/** Which nodes others speak to straight: all of them, or none. */
export function nodesSpokenTo({ nodes }: { readonly nodes: Cast['nodes'] }): readonly string[] {
  return nodes.filter(({ place }) => place !== null).map(({ id }) => id);
}

type Facts = Pick<LiveFacts, 'cast' | 'start' | 'drained'>;

/** What one node counted as a broker, by two witnesses of its own: its core, and the listener that others connect to. */
interface AsBroker {
  readonly id: string;
  /** `null`: it did not report. */
  readonly core: Record<Kind, BrokerTraffic> | null;
  readonly listener: { readonly start: BrokerCounters | null; readonly drained: BrokerCounters | null };
}

/** Nodes that speak to each other are brokers too: what each took in and handed on by its own word, beside what the others say of it. */
export function nodesAsBrokers(facts: Facts): readonly BrokerResult[] {
  return countedAsBrokers(facts).map((node) => brokerOf(node, facts));
}

/** A message that reached the listener must have reached the node behind it: no other witness sees that. Read while something is on its way, they need not agree. */
export function listenerEquations(facts: Facts & Pick<LiveFacts, 'undrained'>): readonly Equation[] {
  return countedAsBrokers(facts).map(({ id, core, listener }) => {
    const reached = core === null || facts.undrained !== null ? null : messagesIn(core);
    return equation('messages at the listener of the node = taken in by the node', id, published(listener), reached);
  });
}

function countedAsBrokers({ cast, start, drained }: Facts): readonly AsBroker[] {
  const spokenTo = new Set(nodesSpokenTo(cast));
  return cast.nodes.flatMap(({ id }, index) => {
    if (!spokenTo.has(id)) return [];
    const [before, after] = [start.nodes[index], drained.nodes[index]];
    const core = before && after ? trafficBetween(before.asBroker, after.asBroker) : null;
    return [{ id, core, listener: { start: start.listeners[index] ?? null, drained: drained.listeners[index] ?? null } }];
  });
}

function brokerOf({ id, core, listener }: AsBroker, facts: Facts): BrokerResult {
  const total = (direction: 'in' | 'out') => (core === null ? null : sum(kinds.map((kind) => core[kind][direction])));
  return {
    id,
    kind: meshKind,
    embedded: false,
    origin: null,
    in: total('in'),
    out: total('out'),
    relayed: core === null ? null : 0,
    hops: core === null ? null : messagesIn(core),
    kinds: trafficWith(id, facts),
    channels: null,
    bytesIn: between(listener, ({ bytesIn }) => bytesIn),
    bytesOut: between(listener, ({ bytesOut }) => bytesOut),
    cpuUs: null,
    memoryBytes: null,
    raw: { attached: null, start: listener.start?.raw ?? null, drained: listener.drained?.raw ?? null, end: null },
  };
}

/** Everything but questions to a directory is handed to sockets of the node. */
function messagesIn(core: Record<Kind, BrokerTraffic>): number {
  return sum(kinds.filter((kind) => kind !== 'directory').map((kind) => core[kind].in));
}

function published(listener: AsBroker['listener']): number | null {
  return between(listener, ({ raw }) => (typeof raw.published === 'number' ? raw.published : null));
}

function between({ start, drained }: AsBroker['listener'], figure: (counters: BrokerCounters) => number | null): number | null {
  const [before, after] = [start, drained].map((counters) => (counters === null ? null : figure(counters)));
  return before === null || before === undefined || after === null || after === undefined ? null : after - before;
}

/** What all nodes that lived to report say of one broker. */
export function trafficWith(broker: string, { start, drained }: Pick<LiveFacts, 'start' | 'drained'>): Record<Kind, BrokerTraffic> {
  const said = start.nodes.flatMap((before, index) => {
    const after = drained.nodes[index];
    return before && after ? [trafficBetween(before.brokers[broker]?.kinds, after.brokers[broker]?.kinds)] : [];
  });
  return sumTraffic(said);
}
