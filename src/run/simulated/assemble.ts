import { amplificationOf, equationsOf } from '../../measure/accounting.js';
import { findingsOf } from '../../measure/findings.js';
import type { Judgement } from '../../measure/judge.js';
import type { Measured } from '../../measure/result.js';
import { ownWord, relaysTo } from '../../measure/traffic.js';
import { standardHopLatency, writeHopLatency } from '../../plan/hopLatency.js';
import type { Plan } from '../../plan/types.js';
import type { Strategy } from '../../routing/types.js';
import { environment } from '../environment.js';
import { latencies } from '../latencies.js';
import { arrivalEquations, type Between, brokerResults, nodeResults } from './nodes.js';
import type { SimulatedTown } from './town.js';
import { hopsOnly, unknownHere } from './unknowns.js';

export interface SimulatedFacts extends Between {
  readonly plan: Plan;
  readonly strategy: Strategy;
  readonly town: SimulatedTown;
  readonly startedAt: string;
  /** Of each user. */
  readonly devices: number;
  /** Virtual time of the first moment of the load. */
  readonly startMs: number;
  readonly judgement: Judgement;
  /** What had to be left out, by the place in the result. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Puts the facts of a simulation together into the record that all runners return. */
export async function assemble(facts: SimulatedFacts): Promise<Measured> {
  const { plan, strategy, town, startedAt, startMs, judgement, leftOut } = facts;
  const { counts, examples } = judgement;
  const { topology } = plan;
  const mesh = strategy.mesh === true;
  const nodes = nodeResults(facts, socketsOf(plan, facts.devices));
  const brokers = brokerResults(facts, topology, mesh);
  const figures = town.recorder.figures(startMs);
  const seconds = figures.sendingSeconds || null;
  return {
    schema: 1,
    source: 'simulated',
    plan,
    startedAt,
    environment: {
      ...(await environment()),
      brokers: {},
      settings: { 'hop latency': writeHopLatency(plan.hopLatency ?? standardHopLatency) },
    },
    counts,
    examples,
    nodes,
    brokers,
    workers: [],
    equations: [
      ...equationsOf(nodes, brokers, counts, false, (id) => relaysTo(topology, id)),
      ...(mesh ? arrivalEquations(facts, topology.nodes) : []),
    ],
    amplification: amplificationOf(ownWord({ brokers }, topology), counts.delivered),
    costUsPerDelivered: { node: null, broker: null, generator: null },
    rate: {
      offeredPerSecond: plan.size.ratePerSecond,
      sentPerSecond: seconds === null ? null : counts.sent / seconds,
      deliveredPerSecond: seconds === null ? null : counts.delivered / seconds,
      seconds,
    },
    latencyMs: latencies([figures], 0, false),
    findings: findingsOf({
      sightings: [figures.sightings],
      ledger: town.recorder.ledger,
      graceMs: plan.timing.graceMs,
      brokers,
      topology,
    }),
    died: [],
    unknowns: { ...unknownHere, latencyMs: hopsOnly, ...leftOut },
  };
}

/** Sockets of a node: users are dealt out one by one, each further device to the next node. */
function socketsOf({ size, topology }: Plan, devices: number): (node: string) => number {
  const places = new Map(topology.nodes.map((node, index) => [node, index]));
  const first = (place: number, device: number) => (((place - device) % size.nodes) + size.nodes) % size.nodes;
  return (node) => {
    const place = places.get(node);
    if (place === undefined) return 0;
    const each = Array.from({ length: devices }, (_, device) => Math.ceil(Math.max(0, size.users - first(place, device)) / size.nodes));
    return each.reduce((sum, sockets) => sum + sockets, 0);
  };
}
