import { storeSettings } from '../chat/roomStore.js';
import {
  amplificationOf,
  equationsOf,
  kindsBetween,
  perDelivered,
  sum,
  sumKnown,
  sumTraffic,
  trafficBetween,
} from '../measure/accounting.js';
import type { BrokerResult, Measured, NodeResult } from '../measure/result.js';
import { ownWord, relaysTo } from '../measure/traffic.js';
import type { Plan } from '../plan/types.js';
import type { NodeSnapshot, WorkerReport } from '../processes/protocol.js';
import { transportKind } from '../transports/index.js';
import type { BrokerCounters } from '../transports/types.js';
import type { Cast, RunningBroker } from './cast.js';
import type { Snapshot } from './collect.js';
import { environment } from './environment.js';
import { judgement } from './judgement.js';
import { latencies } from './latencies.js';
import type { LiveFacts } from './live.js';
import { listenerEquations, meshKind, nodesAsBrokers, nodesSpokenTo, trafficWith } from './nodesAsBrokers.js';
import { placedByTransport, unknownsOf } from './unknowns.js';
import { clockErrorMs, workerResults } from './workers.js';

/** Puts the facts of a live run together into one record. Whatever died says nothing: `null`, with the reason. */
export async function assemble(facts: LiveFacts): Promise<Measured> {
  const { plan, cast, start, drained, reports, deaths } = facts;
  const known = reports.filter((report) => report !== null);
  const nodes = plan.topology.nodes.flatMap((id, index) => nodeResult(id, start.nodes[index], drained.nodes[index]));
  const brokers = [...cast.brokers.map((broker, index) => brokerResult(broker, index, facts)), ...nodesAsBrokers(facts)];
  const { counts, examples } = await judgement(facts);
  const workers = workerResults(facts);
  const clocksMs = clockErrorMs(workers);
  const blind = nodes.length < plan.topology.nodes.length || known.length < plan.workers;
  const seconds = Math.max(0, ...known.map((report) => report.sendingSeconds)) || null;
  return {
    schema: 1,
    source: 'live',
    plan,
    startedAt: facts.startedAt,
    environment: {
      ...(await environment()),
      brokers: versions(facts),
      settings: { ...(await settingsOf(cast)), ...prefixed('store', storeSettings) },
    },
    counts,
    examples,
    nodes,
    brokers,
    workers,
    equations: [...equationsOf(nodes, brokers, counts, blind, (id) => relaysTo(plan.topology, id)), ...listenerEquations(facts)],
    amplification: amplificationOf(ownWord({ brokers }, plan.topology), counts.delivered),
    costUsPerDelivered: costs(plan, nodes, brokers, known, counts.delivered),
    rate: {
      offeredPerSecond: plan.size.ratePerSecond,
      sentPerSecond: perSecond(counts.sent, seconds),
      deliveredPerSecond: perSecond(counts.delivered, seconds),
      seconds,
    },
    latencyMs: latencies(known, clocksMs, placedByTransport(cast)),
    died: deaths.map(({ id, words }) => `[${id}] ${words}`),
    unknowns: unknownsOf(facts, clocksMs),
  };
}

/** How bench and the nodes spoke to each kind of broker; several kinds are told apart by their names. */
async function settingsOf(cast: Cast): Promise<Measured['environment']['settings']> {
  const spoken = [...cast.brokers.map(({ kind }) => kind), ...(nodesSpokenTo(cast).length > 0 ? [await transportKind(meshKind)] : [])];
  const used = new Map(spoken.map((kind) => [kind.kind, kind.settings]));
  if (used.size <= 1) return Object.assign({}, ...used.values());
  return Object.assign({}, ...[...used].map(([kind, settings]) => prefixed(kind, settings)));
}

function prefixed<T>(name: string, settings: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${name}.${key}`, value]));
}

function nodeResult(id: string, start: NodeSnapshot | null | undefined, drained: NodeSnapshot | null | undefined): NodeResult[] {
  if (!start || !drained) return [];
  const junk = (snapshot: NodeSnapshot) => sum(Object.values(snapshot.brokers).map((broker) => broker.junk));
  return [
    {
      id,
      kinds: kindsBetween(start.kinds, drained.kinds),
      throughBrokers: throughBrokers(start, drained),
      subscribes: drained.subscribes - start.subscribes,
      unsubscribes: drained.unsubscribes - start.unsubscribes,
      subscriptions: drained.subscriptions,
      entries: drained.entries,
      connections: drained.connections,
      junk: junk(drained) - junk(start),
      refused: differences(start.refused, drained.refused),
      slowReadersCut: drained.slowReadersCut - start.slowReadersCut,
      joinWindowMsMax: drained.joinWindowMsMax,
      cpuUs: drained.cpuUs - start.cpuUs,
      memoryBytes: drained.memoryBytes,
      eventLoopDelayMsP99: drained.eventLoopDelayMsP99,
    },
  ];
}

/** Over all brokers that the node ever spoke to. */
function throughBrokers(start: NodeSnapshot, drained: NodeSnapshot): NodeResult['throughBrokers'] {
  return sumTraffic(Object.entries(drained.brokers).map(([id, { kinds }]) => trafficBetween(start.brokers[id]?.kinds, kinds)));
}

function differences(start: Record<string, number>, end: Record<string, number>): Record<string, number> {
  const all = Object.entries(end).map(([name, value]) => [name, value - (start[name] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== 0));
}

function brokerResult({ broker, kind, origin }: RunningBroker, index: number, facts: LiveFacts): BrokerResult {
  const { start, drained } = facts;
  const between = (figure: keyof Omit<BrokerCounters, 'raw' | 'version'>) =>
    difference(start.brokers[index]?.[figure], drained.brokers[index]?.[figure]);
  return {
    id: broker.id,
    kind: broker.kind,
    embedded: origin === 'embedded',
    origin,
    in: between('in'),
    out: kind.silent?.out === undefined ? (between('out') ?? difference(receipts(start, broker.id), receipts(drained, broker.id))) : null,
    relayed: between('relayed'),
    hops: 0,
    kinds: trafficWith(broker.id, facts),
    channels: drained.brokers[index]?.channels ?? null,
    bytesIn: between('bytesIn'),
    bytesOut: between('bytesOut'),
    cpuUs: between('cpuUs'),
    memoryBytes: drained.brokers[index]?.memoryBytes ?? null,
    raw: {
      attached: facts.attached[index]?.raw ?? null,
      start: start.brokers[index]?.raw ?? null,
      drained: drained.brokers[index]?.raw ?? null,
      end: facts.end[index]?.raw ?? null,
    },
  };
}

function difference(start: number | null | undefined, end: number | null | undefined): number | null {
  return start === null || start === undefined || end === null || end === undefined ? null : end - start;
}

/** What a broker answered to the publishes of all nodes: its own word on what it handed out (docs/decisions/07). Null: it did not say. */
function receipts({ nodes }: Snapshot, broker: string): number | null {
  const receiptsAt = (node: NodeSnapshot) => (node.brokers[broker] === undefined ? 0 : node.brokers[broker].receipts);
  return sumKnown(nodes.map((node) => (node === null ? null : receiptsAt(node))));
}

/** What only some of a role have used says nothing of what all of them delivered: null when one is missing. What a node used as a broker is the node's. */
function costs(
  plan: Plan,
  nodes: readonly NodeResult[],
  brokers: readonly BrokerResult[],
  reports: readonly WorkerReport[],
  delivered: number,
) {
  const apart = brokers.filter(({ id }) => !plan.topology.nodes.includes(id));
  const nodesUs = nodes.length < plan.topology.nodes.length ? null : sumKnown(nodes.map((node) => node.cpuUs));
  const generatorUs = reports.length < plan.workers ? null : sum(reports.map((report) => report.cpuUs));
  return {
    node: perDelivered(nodesUs, delivered),
    broker: perDelivered(sumKnown(apart.map((broker) => broker.cpuUs)), delivered),
    generator: perDelivered(generatorUs, delivered),
  };
}

function perSecond(count: number, seconds: number | null): number | null {
  return seconds === null ? null : count / seconds;
}

function versions({ cast, attached }: LiveFacts): Record<string, string> {
  const version = (broker: RunningBroker, counters: BrokerCounters | null | undefined) =>
    [broker.origin, counters?.version ?? broker.broker.kind].join(' ');
  const brokers = cast.brokers.map((broker, index) => [broker.broker.id, version(broker, attached[index])]);
  return Object.fromEntries([...brokers, ...(cast.store === undefined ? [] : [['store', version(cast.store, undefined)]])]);
}
