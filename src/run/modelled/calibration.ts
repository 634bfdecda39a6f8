import * as v from 'valibot';
import { unavailable, usage } from '../../error.js';
import type { BrokerResult, NodeResult, Result } from '../../measure/result.js';
import { relaysTo } from '../../measure/traffic.js';
import { type Fit, fitted, type Observation } from './leastSquares.js';

const fitSchema = v.strictObject({
  terms: v.record(v.string(), v.strictObject({ each: v.pipe(v.number(), v.minValue(0)), error: v.pipe(v.number(), v.minValue(0)) })),
  observations: v.number(),
  residualShare: v.number(),
});

/** calibration.json: what a message costs each role on one machine, at the rates at which it was measured. CPU in microseconds, memory in bytes. */
export const calibrationSchema = v.strictObject({
  schema: v.literal(2),
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  environment: v.strictObject({
    ...{ commit: v.nullable(v.string()), bench: v.string(), node: v.string(), platform: v.string(), cpus: v.string(), cores: v.number() },
  }),
  /** What was played: cost depends on the rate. */
  runs: v.array(
    v.strictObject({
      strategy: v.string(),
      engine: v.string(),
      scenario: v.string(),
      rooms: v.string(),
      nodes: v.number(),
      users: v.number(),
      ratePerSecond: v.number(),
      seconds: v.number(),
    }),
  ),
  /** Of nodes by the engine that served their clients: it is most of what they take. */
  cpuUs: v.strictObject({ nodes: v.record(v.string(), fitSchema), brokers: v.record(v.string(), fitSchema) }),
  memoryBytes: v.strictObject({ nodes: v.record(v.string(), fitSchema), brokers: v.record(v.string(), fitSchema) }),
});

export type Calibration = v.InferOutput<typeof calibrationSchema>;

/** What a node does; `seconds` is what it takes to be there. */
export const nodeTerms = ['seconds', 'fromClients', 'published', 'useful', 'wasted', 'deliveredToSockets', 'asked'] as const;
export const brokerTerms = ['seconds', 'in', 'out', 'relayed', 'asked'] as const;

/** Fewer runs tell nothing apart: all cost would stand for being there, and a message would cost nothing. */
const runsLeast = 3;

/**
 * What no run could tell apart from nothing is still not free: a plan counts it at this, and says so. A node: what ioredis 6 takes to read
 * a message and to publish one, measured alone, and both for a question to a directory. A broker: 0.5 µs for a pipelined publish, measured alone on Redis, and 1.5 µs to hand one
 * out, since one Redis makes about 650,000 deliveries per second at most ("Scaling Redis Pub/Sub" by Centrifugo, 2026).
 */
export const leastUs: Readonly<Record<'node' | 'broker', Readonly<Record<string, number>>>> = {
  node: { wasted: 1.8, useful: 1.8, published: 4.9, asked: 6.7 },
  broker: { in: 0.5, out: 1.5, relayed: 1.5, asked: 0.5 },
};

/** What a plan counts at its least, in words: no run told it apart from less. */
export function assumedOf({ cpuUs }: Calibration, engines: readonly string[], kinds: readonly string[]): string[] {
  const below = (fit: Pick<Fit, 'terms'>, least: Readonly<Record<string, number>>) =>
    Object.entries(least).flatMap(([name, us]) => ((fit.terms[name]?.each ?? 0) < us ? [`${name} ${us} µs`] : []));
  const fits = [
    ...engines.map((engine) => [`node, engine ${engine}`, cpuUs.nodes[engine], leastUs.node] as const),
    ...kinds.map((kind) => [kind, cpuUs.brokers[kind], leastUs.broker] as const),
  ];
  return fits.flatMap(([role, fit, least]) => {
    const words = fit === undefined ? [] : below(fit, least);
    return words.length === 0 ? [] : [`${role}: ${words.join(', ')}`];
  });
}

/** Fits what live results say; the newest names the environment. */
export function calibrate(results: readonly Result[], madeAt: string): Calibration {
  const usable = results.filter(({ source, verdict }) => source === 'live' && verdict.status === 'pass');
  const [newest] = [...usable].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  if (newest === undefined || usable.length < runsLeast)
    throw usage(
      `a calibration needs at least ${runsLeast} live results that passed, and ${usable.length} of those given are: run more, of different strategies and rates`,
    );
  checkOneMachine(usable);
  const nodes = fitsBy(
    usable.map((result) => [engineOf(result), nodeCpu(result)] as const),
    nodeTerms,
  );
  if (Object.keys(nodes).length === 0)
    throw usage(`a calibration needs at least ${runsLeast} live results of nodes with one engine (--engine): run more with the same`);
  const { commit, bench, node, platform, cpus, cores } = newest.environment;
  return {
    schema: 2,
    madeAt,
    environment: { commit, bench, node, platform, cpus, cores },
    runs: usable.map(runPlayed),
    cpuUs: { nodes, brokers: fitsBy(eachBroker(usable, brokerCpu), brokerTerms) },
    memoryBytes: {
      nodes: fitsBy(
        usable.map((result) => [engineOf(result), nodeMemory(result)] as const),
        ['process', 'connection'],
      ),
      brokers: fitsBy(eachBroker(usable, brokerMemory), ['process', 'node', 'channel']),
    },
  };
}

function runPlayed(result: Result): Calibration['runs'][number] {
  const { strategy, scenario, rooms, size } = result.plan;
  const { nodes, users, ratePerSecond, seconds } = size;
  return { strategy: strategy.name, engine: engineOf(result), scenario, rooms, nodes, users, ratePerSecond, seconds };
}

/** What served the clients, which may be another one than was asked for. */
function engineOf({ environment, plan }: Result): string {
  return String(environment.settings.engine ?? plan.engine);
}

function checkOneMachine(results: readonly Result[]): void {
  const machines = [...new Set(results.map(({ environment: { platform, cpus, cores } }) => `${platform}, ${cores} cores (${cpus})`))];
  if (machines.length > 1)
    throw usage(`the results come from different machines, which cost differently: ${machines.join(' and ')}; calibrate each apart`);
}

/** Counted between start and drained; the load is sent in nearly all of that time. */
function secondsOf({ rate, plan }: Result): number {
  return rate.seconds ?? plan.size.seconds;
}

function nodeCpu(result: Result): Observation[] {
  return result.nodes.flatMap((node) =>
    node.cpuUs === null ? [] : [{ run: runOf(result), counts: nodeCounts(result, node), took: node.cpuUs }],
  );
}

function nodeCounts(result: Result, { kinds: { chat, directory } }: NodeResult) {
  const { fromClients, published, useful, wasted, deliveredToSockets } = chat;
  return { seconds: secondsOf(result), fromClients, published, useful, wasted, deliveredToSockets, asked: directory.published };
}

function nodeMemory(result: Result): Observation[] {
  return result.nodes.flatMap(({ memoryBytes, connections }) =>
    memoryBytes === null ? [] : [{ run: runOf(result), counts: { process: 1, connection: connections }, took: memoryBytes }],
  );
}

function brokerCpu(result: Result, broker: BrokerResult): Observation[] {
  const { chat, directory } = broker.kinds;
  if (broker.cpuUs === null) return [];
  const relayed = chat.in * relaysTo(result.plan.topology, broker.id);
  return [
    {
      run: runOf(result),
      counts: { seconds: secondsOf(result), in: chat.in, out: chat.out, relayed, asked: directory.in },
      took: broker.cpuUs,
    },
  ];
}

/** `node`: each has its connections. Where nobody tells the channels they stand for nothing. */
function brokerMemory(result: Result, { memoryBytes, channels }: BrokerResult): Observation[] {
  return memoryBytes === null
    ? []
    : [{ run: runOf(result), counts: { process: 1, node: result.plan.topology.nodes.length, channel: channels ?? 0 }, took: memoryBytes }];
}

function* eachBroker(
  results: readonly Result[],
  observe: (result: Result, broker: BrokerResult) => readonly Observation[],
): Iterable<readonly [kind: string, seen: readonly Observation[]]> {
  for (const result of results) {
    for (const broker of result.brokers) if (!broker.embedded) yield [broker.kind, observe(result, broker)];
  }
}

/** One fit for each name that enough runs have seen. */
function fitsBy(named: Iterable<readonly [name: string, seen: readonly Observation[]]>, terms: readonly string[]): Record<string, Fit> {
  const found = new Map<string, Observation[]>();
  for (const [name, seen] of named) found.set(name, [...(found.get(name) ?? []), ...seen]);
  const enough = [...found].filter(([, observations]) => new Set(observations.map(({ run }) => run)).size >= runsLeast);
  return Object.fromEntries(enough.map(([name, observations]) => [name, fitted(observations, terms)]));
}

function runOf({ plan: { strategy, run } }: Result): string {
  return `${strategy.name} ${run}`;
}

/** The calibration in a text. `where` names the file in errors. */
export function readCalibration(value: unknown, where: string): Calibration {
  const checked = v.safeParse(calibrationSchema, value);
  if (checked.success) return checked.output;
  const [issue] = checked.issues;
  throw unavailable(
    `${where} is no calibration of this bench (${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}): make it anew with bench calibrate`,
  );
}
