import { amplificationOf, equationsOf } from '../../measure/accounting.js';
import { distributionOf, Latency } from '../../measure/latency.js';
import type { BrokerResult, Distribution, NodeResult, Result } from '../../measure/result.js';
import { ownWord } from '../../measure/traffic.js';
import { nodeIndex, userId } from '../../plan/placement.js';
import type { Plan } from '../../plan/types.js';
import { byKind, zeroKind } from '../../routing/counters.js';
import { hash, pick } from '../../routing/hash.js';

/**
 * Invented results for the tests of the renderers: nothing here was measured. The counts of `sampleResult` come from playing 10,000 direct
 * messages through the `hashed` rule, so that every equation holds; CPU, memory and latency are made up.
 */
const nodes = ['n0', 'n1', 'n2', 'n3'];
const brokers = ['redis-0', 'redis-1', 'redis-2'];
const users = 400;
const messages = 10_000;

interface Hop {
  readonly from: string;
  readonly to: string;
  readonly broker: string;
}

function placeOf(user: number): string {
  return nodes[nodeIndex(user, 0, nodes.length)] ?? '';
}

function channelOf(user: number): string {
  return pick(brokers, `u:${userId(user)}`);
}

/** Message i goes from one user to another, both drawn by hash. */
const hops: readonly Hop[] = Array.from({ length: messages }, (_, index) => {
  const sender = hash(`sender ${index}`) % users;
  const recipient = hash(`recipient ${index}`) % users;
  return { from: placeOf(sender), to: placeOf(recipient), broker: channelOf(recipient) };
});

function hopsWhere(accept: (hop: Hop) => boolean): number {
  return hops.filter(accept).length;
}

function node(id: string, index: number): NodeResult {
  const published = hopsWhere((hop) => hop.from === id);
  const received = hopsWhere((hop) => hop.to === id);
  return {
    id,
    kinds: {
      ...byKind(zeroKind),
      chat: { fromClients: published, published, received, useful: received, wasted: 0, deliveredToSockets: received },
    },
    throughBrokers: { ...byKind(() => ({ in: 0, out: 0 })), chat: { in: published, out: received } },
    subscribes: 0,
    unsubscribes: 0,
    subscriptions: { u: 100 },
    entries: {},
    connections: 100,
    junk: 0,
    refused: {},
    slowReadersCut: 0,
    joinWindowMsMax: null,
    cpuUs: 480_000 + index * 6_500,
    memoryBytes: 86_000_000 + index * 410_000,
    eventLoopDelayMsP99: 2.1 + index * 0.2,
  };
}

function broker(id: string, index: number): BrokerResult {
  const passed = hopsWhere((hop) => hop.broker === id);
  const counters = (calls: number) => ({ 'commandstats.publish.calls': calls, used_memory: 1_480_000 });
  return {
    id,
    kind: 'redis',
    embedded: false,
    origin: 'spawned',
    in: passed,
    out: passed,
    relayed: null,
    hops: 0,
    kinds: { ...byKind(() => ({ in: 0, out: 0 })), chat: { in: passed, out: passed } },
    channels: Array.from({ length: users }, (_, user) => user).filter((user) => channelOf(user) === id).length,
    bytesIn: passed * 214,
    bytesOut: passed * 226,
    cpuUs: 88_000 + index * 3_100,
    memoryBytes: 1_480_000,
    raw: { attached: counters(0), start: counters(16), drained: counters(16 + passed), end: counters(16 + passed) },
  };
}

/** A shape like that of real latency: most values near the median, a long tail. */
function distribution(count: number, medianMs: number): Distribution {
  const latency = new Latency();
  for (let index = 0; index < count; index++) {
    const position = (index + 0.5) / count;
    latency.add(medianMs * (position / (1 - position)) ** 0.35);
  }
  return distributionOf(latency);
}

function latency(medianMs: number): Result['latencyMs']['response'] {
  const same = hopsWhere((hop) => hop.from === hop.to);
  return {
    all: distribution(messages, medianMs),
    sameNode: distribution(same, medianMs * 0.96),
    crossNode: distribution(messages - same, medianMs * 1.02),
  };
}

const command =
  'bench run --strategy hashed --scenario direct --rooms members --nodes 4 --brokers 3 --users 400 --rate 1000 --duration 10s --seed 7';

export const samplePlan: Plan = {
  schema: 1,
  run: 'k3v9qd',
  seed: 7,
  strategy: { name: 'hashed', file: null, options: {} },
  scenario: 'direct',
  sizeName: 'smoke',
  size: { nodes: 4, brokers: 3, users, ratePerSecond: 1000, seconds: 10, bytes: 64 },
  warmUpSeconds: 2,
  rooms: 'members',
  workers: 1,
  engine: 'fast',
  driver: 'socket.io-client',
  topology: { version: 1, nodes, brokers: brokers.map((id) => ({ id, kind: 'redis' })) },
  attach: { brokers: null, store: null },
  chatLimits: {
    payloadBytes: 16_384,
    eventsPerSecond: 200,
    eventsBurst: 400,
    unsentBytes: 1_048_576,
    queuedMessages: 10_000,
    queuedBytes: 16_777_216,
    membersMax: 5_000,
    watchedMax: 1_000,
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, responseMsP99: 200 },
  timing: { leaseMs: 2000, graceMs: 1000, drainMs: 10_000, setUpMs: 24_000 },
  changed: [],
  command,
};

function environment(): Result['environment'] {
  return {
    commit: '3f1c2ab90d47e6589b1d20c4a7f3e8d5c6b7a890',
    bench: '0.1.0',
    node: 'v20.20.2',
    platform: 'linux x64',
    cpus: 'Invented CPU @ 2.00GHz',
    cores: 2,
    memoryBytes: 16_000_000_000,
    libraries: { 'socket.io': '4.8.4', 'socket.io-client': '4.8.4', ioredis: '6.0.0', ws: '8.23.0' },
    brokers: { ...Object.fromEntries(brokers.map((id) => [id, 'redis 7.0.15'])), store: 'redis 7.0.15' },
    settings: { 'ioredis.autoResendUnfulfilledCommands': false, 'ioredis.retry': '100 ms, 20 times' },
  };
}

const pass = { status: 'pass', reasons: [] as string[] } as const;

/** Passes: 4 nodes, 3 Redis, `hashed`, 400 users, 1000 messages/s for 10 s. */
export function sampleResult(): Result {
  const counts = { sent: messages, rejected: 0, unanswered: 0, expected: messages, delivered: messages };
  const nothing = { lost: 0, duplicated: 0, misdelivered: 0, reordered: 0, uncertain: 0 };
  const measured = { nodes: nodes.map(node), brokers: brokers.map(broker), counts: { ...counts, ...nothing } };
  return {
    schema: 1,
    source: 'live',
    plan: samplePlan,
    startedAt: '2026-01-15T12:00:00.000Z',
    environment: environment(),
    verdict: { status: 'pass', reasons: [], parts: { delivery: pass, accounting: pass, latency: pass, load: pass } },
    ...measured,
    examples: { lost: [], duplicated: [], misdelivered: [] },
    workers: [
      {
        id: 'w0',
        clockAheadMs: 0.012,
        clockErrorMs: 0.09,
        cpuUs: 610_000,
        coreShare: 0.061,
        memoryBytes: 97_000_000,
        refusals: {},
        disconnects: {},
      },
    ],
    equations: equationsOf(measured.nodes, measured.brokers, measured.counts, false),
    amplification: amplificationOf(ownWord(measured, samplePlan.topology), messages),
    costUsPerDelivered: { node: 195.9, broker: 27.33, generator: 61 },
    rate: { offeredPerSecond: 1000, sentPerSecond: 1000.1, deliveredPerSecond: 1000.1, seconds: 9.999 },
    latencyMs: { response: latency(2.4), service: latency(1.9), generatorLag: distribution(messages, 0.4), clockErrorMs: 0, early: 0 },
    died: [],
    unknowns: { 'brokers.relayed': 'a single Redis relays to nobody' },
  };
}

/** A model that says just what the result says. */
export function expectedOf({ nodes: counted, brokers: apart, amplification }: Result): NonNullable<Result['expected']> {
  return {
    exact: true,
    amplification,
    nodes: counted.map(({ id, kinds: { chat }, subscriptions }) => ({
      id,
      published: chat.published,
      received: chat.received,
      wasted: chat.wasted,
      deliveredToSockets: chat.deliveredToSockets,
      subscriptions: subscriptions.u ?? 0,
    })),
    brokers: apart.map(({ id, in: taken, out, relayed }) => ({ id, in: taken, out, relayed })),
  };
}

/** Fails on the embedded broker: redis-1 handed on 3 messages fewer than it said, and a worker saw them missing. */
export function failingResult(): Result {
  const result = sampleResult();
  const lost = 3;
  const at = 'redis-1';
  const measured = {
    nodes: result.nodes.map((each) => (each.id === 'n2' ? withLess(each, lost) : each)),
    brokers: result.brokers.map((each) => ({
      ...each,
      embedded: true,
      origin: 'embedded' as const,
      kinds: each.id === at ? { ...each.kinds, chat: { in: each.kinds.chat.in, out: each.kinds.chat.out - lost } } : each.kinds,
    })),
    counts: { ...result.counts, delivered: messages - lost, lost },
  };
  const delivery = `${lost} of 10,000 expected deliveries were lost; the limit is 0`;
  const accounting = `[${at}] says it handed out ${lost} messages more than the nodes got from it`;
  return {
    ...result,
    ...measured,
    amplification: amplificationOf(ownWord(measured, samplePlan.topology), measured.counts.delivered),
    examples: { ...result.examples, lost: [17, 230, 231].map((number) => `message ${number} of u3 to u:u6 did not reach u6/0`) },
    equations: equationsOf(measured.nodes, measured.brokers, measured.counts, false),
    verdict: {
      status: 'fail',
      reasons: [delivery, accounting],
      parts: {
        delivery: { status: 'fail', reasons: [delivery] },
        accounting: { status: 'unknown', reasons: [accounting] },
        latency: pass,
        load: pass,
      },
    },
    died: [`[${at}] ended with SIGKILL, its last words: "Ready to accept connections"`],
  };
}

function withLess(each: NodeResult, lost: number): NodeResult {
  const { chat } = each.kinds;
  const { chat: counted } = each.throughBrokers;
  const less = { received: chat.received - lost, useful: chat.useful - lost, deliveredToSockets: chat.deliveredToSockets - lost };
  return {
    ...each,
    kinds: { ...each.kinds, chat: { ...chat, ...less } },
    throughBrokers: { ...each.throughBrokers, chat: { in: counted.in, out: counted.out - lost } },
  };
}

/** Computed, not run: all that needs a process or a clock is null. */
export function modelledResult(): Result {
  const result = sampleResult();
  const reason = 'nothing was run: this result is computed from the routing alone';
  const silent = { attached: null, start: null, drained: null, end: null };
  const nowhere = { all: null, sameNode: null, crossNode: null };
  return {
    ...result,
    source: 'modelled',
    environment: { ...result.environment, commit: null, brokers: {}, settings: {} },
    nodes: result.nodes.map((each) => ({ ...each, cpuUs: null, memoryBytes: null, eventLoopDelayMsP99: null })),
    brokers: result.brokers.map((each) => ({
      ...each,
      origin: null,
      relayed: null,
      channels: null,
      bytesIn: null,
      bytesOut: null,
      cpuUs: null,
      memoryBytes: null,
      raw: silent,
    })),
    workers: [],
    equations: [...result.equations, { name: 'sum of replies = received', place: 'all', left: null, right: messages, holds: null }],
    costUsPerDelivered: { node: null, broker: null, generator: null },
    rate: { offeredPerSecond: 1000, sentPerSecond: null, deliveredPerSecond: null, seconds: null },
    latencyMs: { response: nowhere, service: nowhere, generatorLag: null, clockErrorMs: null, early: null },
    verdict: {
      status: 'unknown',
      reasons: [reason],
      parts: {
        delivery: pass,
        accounting: pass,
        latency: { status: 'unknown', reasons: [reason] },
        load: { status: 'unknown', reasons: [reason] },
      },
    },
    unknowns: {
      'brokers.relayed': reason,
      'brokers.cpuUs': reason,
      costUsPerDelivered: reason,
      latencyMs: reason,
    },
  };
}
