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
import { type Judgement, judge } from '../measure/judge.js';
import { distributionOf, Latency } from '../measure/latency.js';
import { Ledger, senderOf } from '../measure/ledger.js';
import type { BrokerResult, Distribution, Measured, NodeResult } from '../measure/result.js';
import { loadScenario } from '../plan/scenarios.js';
import type { Plan } from '../plan/types.js';
import { workloadOf } from '../plan/workload.js';
import type { NodeSnapshot, WorkerReport } from '../processes/protocol.js';
import type { BrokerCounters } from '../transports/types.js';
import type { Cast, RunningBroker } from './cast.js';
import { environment } from './environment.js';
import type { LiveFacts, Snapshot } from './live.js';

/** Puts the facts of a live run together into one record. Whatever died says nothing: `null`, with the reason. */
export async function assemble(facts: LiveFacts): Promise<Measured> {
  const { plan, cast, start, drained, reports, deaths } = facts;
  const known = reports.filter((report) => report !== null);
  const nodes = plan.topology.nodes.flatMap((id, index) => nodeResult(id, start.nodes[index], drained.nodes[index]));
  const brokers = cast.brokers.map((broker, index) => brokerResult(broker, index, facts));
  const { counts, examples } = await judgement(plan, reports);
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
      settings: { ...settingsOf(cast), ...prefixed('store', storeSettings) },
    },
    counts,
    examples,
    nodes,
    brokers,
    workers: known.map((report, index) => workerResult(report, `worker-${index}`)),
    equations: equationsOf(nodes, brokers, counts, blind),
    amplification: amplificationOf(brokers, counts.delivered, (id) => relays(plan, id)),
    costUsPerDelivered: costs(plan, nodes, brokers, known, counts.delivered),
    rate: {
      offeredPerSecond: plan.size.ratePerSecond,
      sentPerSecond: perSecond(counts.sent, seconds),
      deliveredPerSecond: perSecond(counts.delivered, seconds),
      seconds,
    },
    latencyMs: latencies(known, placedByTransport(cast)),
    died: deaths.map(({ id, words }) => `[${id}] ${words}`),
    unknowns: unknowns(facts),
  };
}

/** How bench spoke to each kind of broker; several kinds are told apart by their names. */
function settingsOf({ brokers }: Cast): Measured['environment']['settings'] {
  const used = new Map(brokers.map(({ kind }) => [kind.kind, kind.settings]));
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
      subscribes: drained.subscribes - start.subscribes,
      unsubscribes: drained.unsubscribes - start.unsubscribes,
      subscriptions: drained.subscriptions,
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

function differences(start: Record<string, number>, end: Record<string, number>): Record<string, number> {
  const all = Object.entries(end).map(([name, value]) => [name, value - (start[name] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== 0));
}

function brokerResult({ broker, origin }: RunningBroker, index: number, facts: LiveFacts): BrokerResult {
  const { start, drained } = facts;
  const between = (figure: keyof Omit<BrokerCounters, 'raw' | 'version'>) =>
    difference(start.brokers[index]?.[figure], drained.brokers[index]?.[figure]);
  const kinds = sumTraffic(
    bothSnapshots(facts).map(([before, after]) => trafficBetween(before.brokers[broker.id]?.kinds, after.brokers[broker.id]?.kinds)),
  );
  return {
    id: broker.id,
    kind: broker.kind,
    embedded: origin === 'embedded',
    origin,
    in: between('in'),
    out: between('out') ?? difference(receipts(start, broker.id), receipts(drained, broker.id)),
    relayed: between('relayed'),
    kinds,
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

/** Of the nodes that lived to report. */
function bothSnapshots({ start, drained }: LiveFacts): [NodeSnapshot, NodeSnapshot][] {
  return start.nodes.flatMap((before, index) => {
    const after = drained.nodes[index];
    return before && after ? [[before, after]] : [];
  });
}

function difference(start: number | null | undefined, end: number | null | undefined): number | null {
  return start === null || start === undefined || end === null || end === undefined ? null : end - start;
}

/** What a broker answered to the publishes of all nodes: its own word on what it handed out (docs/decisions/07). */
function receipts({ nodes }: Snapshot, broker: string): number | null {
  const said = (node: NodeSnapshot) => {
    const counted = node.brokers[broker];
    return counted === undefined ? 0 : counted.receipts;
  };
  return sumKnown(nodes.map((node) => (node === null ? null : said(node))));
}

/** A dead worker takes along what its users sent: messages from them are left out, since nobody can say whether they were right. */
async function judgement(plan: Plan, reports: readonly (WorkerReport | null)[]): Promise<Judgement> {
  const ledger = new Ledger();
  for (const report of reports) if (report !== null) ledger.merge(Ledger.of(report.ledger));
  const workload = workloadOf(await loadScenario(plan.scenario), plan);
  if (reports.includes(null)) forgetSendersOfTheDead(ledger);
  return judge(ledger, { members: workload.members, graceMs: plan.timing.graceMs });
}

function forgetSendersOfTheDead(ledger: Ledger): void {
  const alive = new Set([...ledger.sockets.keys()].map((socket) => socket.slice(0, socket.indexOf('/'))));
  for (const { receipts: streams } of ledger.sockets.values()) {
    for (const stream of streams.keys()) if (!alive.has(senderOf(stream))) streams.delete(stream);
  }
}

function workerResult(report: WorkerReport, id: string): Measured['workers'][number] {
  const { cpuUs, memoryBytes, refusals, disconnects, sendingSeconds } = report;
  return { id, cpuUs, coreShare: cpuUs / 1e6 / Math.max(sendingSeconds, 0.001), memoryBytes, refusals, disconnects };
}

/** What only some of a role have used says nothing of what all of them delivered: null when one is missing. */
function costs(
  plan: Plan,
  nodes: readonly NodeResult[],
  brokers: readonly BrokerResult[],
  reports: readonly WorkerReport[],
  delivered: number,
) {
  const nodesUs = nodes.length < plan.topology.nodes.length ? null : sumKnown(nodes.map((node) => node.cpuUs));
  const generatorUs = reports.length < plan.workers ? null : sum(reports.map((report) => report.cpuUs));
  return {
    node: perDelivered(nodesUs, delivered),
    broker: perDelivered(sumKnown(brokers.map((broker) => broker.cpuUs)), delivered),
    generator: perDelivered(generatorUs, delivered),
  };
}

function perSecond(count: number, seconds: number | null): number | null {
  return seconds === null ? null : count / seconds;
}

type Recorded = keyof WorkerReport['latency'];

/** Where clients share one door, nobody here knows on which node a socket is. */
function placedByTransport({ brokers }: Cast): boolean {
  return brokers.some(({ kind }) => kind.fork !== undefined);
}

function latencies(reports: readonly WorkerReport[], placesUnknown: boolean): Measured['latencyMs'] {
  const merged = (...names: Recorded[]): Distribution | null => {
    const latency = new Latency();
    for (const report of reports) for (const name of names) latency.merge(Latency.fromBytes(report.latency[name]));
    return latency.count === 0 ? null : distributionOf(latency);
  };
  return {
    response: {
      all: merged('responseSameNode', 'responseCrossNode'),
      sameNode: placesUnknown ? null : merged('responseSameNode'),
      crossNode: placesUnknown ? null : merged('responseCrossNode'),
    },
    service: {
      all: merged('serviceSameNode', 'serviceCrossNode'),
      sameNode: placesUnknown ? null : merged('serviceSameNode'),
      crossNode: placesUnknown ? null : merged('serviceCrossNode'),
    },
    generatorLag: merged('generatorLag'),
    clockErrorMs: 0,
  };
}

function relays(plan: Plan, id: string): boolean {
  return (plan.topology.brokers.find((broker) => broker.id === id)?.relaysTo?.length ?? 0) > 0;
}

function versions({ cast, attached }: LiveFacts): Record<string, string> {
  const version = (broker: RunningBroker, counters: BrokerCounters | null | undefined) =>
    [broker.origin, counters?.version ?? broker.broker.kind].join(' ');
  const brokers = cast.brokers.map((broker, index) => [broker.broker.id, version(broker, attached[index])]);
  return Object.fromEntries([...brokers, ...(cast.store === undefined ? [] : [['store', version(cast.store, undefined)]])]);
}

function unknowns({ plan, drained, reports, cast, undrained }: LiveFacts): Record<string, string> {
  const silent = (what: string) => `${what} did not report when the load was over`;
  return Object.fromEntries([
    ...(undrained === null ? [] : [['drained', undrained]]),
    ...(placedByTransport(cast) ? [['latencyMs.sameNode', 'the transport places sockets on nodes, not the plan']] : []),
    ...plan.topology.nodes.flatMap((id, index) => (drained.nodes[index] ? [] : [[`nodes.${id}`, silent('the node')]])),
    ...cast.brokers.flatMap(({ broker }, index) => (drained.brokers[index] ? [] : [[`brokers.${broker.id}`, silent('the broker')]])),
    ...cast.brokers.flatMap(({ broker, kind }) =>
      Object.entries(kind.silent ?? {}).map(([figure, why]) => [`brokers.${broker.id}.${figure}`, why]),
    ),
    ...reports.flatMap((report, index) => (report ? [] : [[`workers.worker-${index}`, silent('the load worker')]])),
  ]);
}
