import { storeSettings } from '../chat/roomStore.js';
import { amplificationOf, equationsOf, perDelivered, sum, sumKnown } from '../measure/accounting.js';
import { findingsOf } from '../measure/findings.js';
import type { BrokerResult, Measured, NodeResult } from '../measure/result.js';
import { ownWord, relaysTo } from '../measure/traffic.js';
import type { Plan } from '../plan/types.js';
import type { WorkerReport } from '../processes/protocol.js';
import { transportKind } from '../transports/index.js';
import type { BrokerCounters } from '../transports/types.js';
import { type Cast, fallbacks, type RunningBroker } from './cast.js';
import { brokerResult, nodeResult } from './counted.js';
import { environment } from './environment.js';
import { judgement } from './judgement.js';
import { latencies } from './latencies.js';
import type { LiveFacts } from './live.js';
import { listenerEquations, meshKind, nodesAsBrokers, nodesSpokenTo } from './nodesAsBrokers.js';
import { placedByTransport } from './placedByTransport.js';
import { timelineOf } from './timeline.js';
import { unknownsOf } from './unknowns.js';
import { clockErrorMs, workerResults } from './workers.js';

/** Puts the facts of a live run together into one record. Whatever died says nothing: `null`, with the reason. */
export async function assemble(facts: LiveFacts): Promise<Measured> {
  const { plan, cast, start, drained, reports, deaths } = facts;
  const known = reports.filter((report) => report !== null);
  const nodes = plan.topology.nodes.flatMap((id, index) => nodeResult(id, start.nodes[index], drained.nodes[index]));
  const brokers = [...cast.brokers.map((broker, index) => brokerResult(broker, index, facts)), ...nodesAsBrokers(facts)];
  const { counts, examples, ledger } = await judgement(facts);
  const workers = workerResults(facts);
  const clocksMs = clockErrorMs(workers);
  const blind = facts.undrained !== null || nodes.length < plan.topology.nodes.length || known.length < plan.workers;
  const seconds = Math.max(0, ...known.map((report) => report.sendingSeconds)) || null;
  return {
    schema: 1,
    source: 'live',
    plan,
    startedAt: facts.startedAt,
    environment: {
      ...(await environment()),
      brokers: versions(facts),
      settings: { ...engineSettings(cast), ...(await settingsOf(cast)), ...prefixed('store', storeSettings) },
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
    latencyMs: latencies(known, clocksMs, placedByTransport(plan.topology)),
    findings: findingsOf({
      sightings: known.map((report) => report.sightings),
      ledger,
      graceMs: plan.timing.graceMs,
      brokers,
      topology: plan.topology,
    }),
    ...(facts.traces && { traces: [...facts.traces] }),
    ...timeline(facts, known),
    died: deaths.map(({ id, words }) => `[${id}] ${words}`),
    unknowns: unknownsOf(facts, clocksMs),
  };
}

/** What the nodes served their clients with; one machine has one installation, so all are alike. */
function engineSettings({ nodes }: Cast): Measured['environment']['settings'] {
  const [words] = fallbacks(nodes);
  const names = [...new Set(nodes.map(({ engine }) => engine.name))];
  return { engine: names.join(', '), ...(words === undefined ? {} : { engineFallback: words }) };
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

function timeline({ plan, watched }: LiveFacts, reports: readonly WorkerReport[]): Pick<Measured, 'timeline'> {
  const found = timelineOf(plan.size.seconds, reports, watched);
  return found === undefined ? {} : { timeline: found };
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
