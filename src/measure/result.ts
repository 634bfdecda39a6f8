import * as v from 'valibot';
import type { Plan } from '../plan/types.js';
import { distributionSchema } from './distribution.js';
import { expectedSchema } from './expectedSchema.js';
import { findingsSchema } from './findingsSchema.js';
import { modelSchema } from './modelSchema.js';
import { brokerSchema, nodeSchema } from './placeSchema.js';
import { count, figure, maybe, messages, said } from './recordFields.js';
import { timelineSchema } from './timelineSchema.js';
import { traceSchema } from './traceSchema.js';

/**
 * One record for all three runners (live, simulated, modelled). `null` stands where a source cannot know; why is in `unknowns`.
 * The schema is the documentation (docs/result.md is generated from it) and the guard at the border of the process.
 */
const status = v.picklist(['pass', 'fail', 'unknown']);

const distribution = distributionSchema;

const equation = v.strictObject({
  name: said(v.string(), 'what must equal what'),
  place: said(v.string(), 'a node, a broker, or `all`'),
  left: figure('one side, by one witness'),
  right: figure('the other side, by another witness'),
  holds: said(v.nullable(v.boolean()), 'null: a side is unknown'),
});

const part = said(
  v.strictObject({
    status: said(status, 'of this part alone'),
    reasons: said(v.array(v.string()), 'why it did not pass, in words'),
  }),
  'one part of the verdict',
);

const verdictSchema = v.strictObject({
  status: said(status, 'the worst of the parts that the limits ask for'),
  reasons: said(v.array(v.string()), 'of the parts that did not pass'),
  parts: said(v.strictObject({ delivery: part, accounting: part, latency: part, load: part }), 'what is judged, each apart'),
});

const latency = (words: string) =>
  said(
    v.strictObject({
      all: maybe(distribution, 'of all deliveries'),
      sameNode: maybe(distribution, 'of deliveries whose sender and recipient are on one node'),
      crossNode: maybe(distribution, 'of deliveries from one node to another'),
    }),
    words,
  );

const fields = v.strictObject({
  schema: said(v.literal(1), 'version of this record'),
  source: said(v.picklist(['live', 'simulated', 'modelled']), 'which runner made it'),
  plan: said(
    v.custom<Plan>((value) => isPlan(value), 'a plan'),
    'what was run; with the commit it repeats the run',
  ),
  startedAt: said(v.string(), 'when the run began, ISO 8601'),
  environment: said(
    v.strictObject({
      commit: maybe(v.string(), 'of this project; null outside a git work tree'),
      bench: said(v.string(), 'version of this project'),
      node: said(v.string(), 'version of Node.js'),
      platform: said(v.string(), 'operating system and architecture'),
      cpus: said(v.string(), 'name of the processor'),
      cores: said(v.number(), 'processor cores'),
      memoryBytes: said(v.number(), 'memory of the machine'),
      libraries: said(v.record(v.string(), v.string()), 'versions of what is on the path of a message'),
      brokers: said(v.record(v.string(), v.string()), 'name and version of each broker and of the room store'),
      settings: said(
        v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
        'settings of the chat nodes and of the clients of the brokers',
      ),
    }),
    'where it ran, and with which versions',
  ),
  verdict: said(verdictSchema, 'whether it passed, given from the rest of this record alone'),
  counts: said(
    v.strictObject({
      sent: count('messages taken by the system: acknowledged'),
      rejected: count('messages refused: they did not happen'),
      unanswered: count('messages whose outcome is unknown'),
      expected: messages('pairs (message, recipient socket) that had to be delivered: delivered + lost'),
      delivered: messages('pairs delivered, each counted once'),
      lost: count('pairs that had to be delivered and were not'),
      duplicated: count('deliveries beyond the first of a pair'),
      misdelivered: count('deliveries to somebody they were not for'),
      reordered: count('deliveries after a later one of the same sender and target'),
      uncertain: count('pairs not delivered of which nobody can say that they had to be'),
    }),
    'the ledger: what became of every message',
  ),
  examples: said(
    v.strictObject({
      lost: said(v.array(v.string()), 'what did not arrive where'),
      duplicated: said(v.array(v.string()), 'what arrived more than once where'),
      misdelivered: said(v.array(v.string()), 'what arrived at whom it was not for'),
    }),
    'the first few of each, in words',
  ),
  nodes: said(v.array(nodeSchema), 'every chat node: its load, and itself as a process'),
  brokers: said(
    v.array(brokerSchema),
    'every broker, and every node where nodes speak to each other: its load in its own words and in those of the nodes, and itself as a process',
  ),
  workers: said(
    v.array(
      v.strictObject({
        id: said(v.string(), 'name of the load worker'),
        clockAheadMs: figure("how far its clock was ahead of the coordinator's before the load; its times are corrected by that"),
        clockErrorMs: figure('how far the corrected clock may have been off, from the round trips before and after the load'),
        cpuUs: said(v.number(), 'CPU between start and drained, microseconds'),
        coreShare: said(v.number(), 'CPU used per second of load, 1 = one core'),
        memoryBytes: said(v.number(), 'resident memory at the end'),
        refusals: said(v.record(v.string(), v.number()), 'sends that were refused or whose outcome is unknown, by reason'),
        disconnects: said(v.record(v.string(), v.number()), 'disconnects nobody asked for, by reason'),
      }),
    ),
    'every load worker',
  ),
  equations: said(v.array(equation), 'they hold to the message, or the run is unknown'),
  amplification: figure('(in + relayed + out of brokers + messages from node to node + questions to directories + answers) / delivered'),
  costUsPerDelivered: said(
    v.strictObject({
      node: figure('of all chat nodes'),
      broker: figure('of all brokers'),
      generator: figure('of the load workers, which are no part of the system'),
    }),
    'CPU microseconds per delivered message, by role; it depends on the rate',
  ),
  rate: said(
    v.strictObject({
      offeredPerSecond: said(v.number(), 'messages the plan asks for'),
      sentPerSecond: figure('messages acknowledged'),
      deliveredPerSecond: figure('pairs delivered'),
      seconds: figure('from the start to the last send'),
    }),
    'the rate at which all of this was taken',
  ),
  latencyMs: said(
    v.strictObject({
      response: latency('received - intended: what a user waits'),
      service: latency('received - actually sent: what the system takes'),
      generatorLag: said(v.nullable(distribution), 'actually sent - intended: the fault of the generator'),
      clockErrorMs: figure('how far the clocks of two load workers may have been apart at most; 0: there was one, hence one clock'),
      early: maybe(
        v.pipe(v.number(), v.integer(), v.minValue(0)),
        'deliveries that seem to have come before they were sent, taken as 0 ms: right if by no more than clockErrorMs, else named in `unknowns`',
      ),
    }),
    'how long messages took, as their recipients saw it',
  ),
  findings: said(
    v.optional(findingsSchema),
    'what answers the question of the scenario beside all this: `plan.asks` names the figures; absent in what is modelled',
  ),
  timeline: said(v.optional(timelineSchema), 'how it went while the load was played; absent where nobody watched a clock'),
  expected: said(
    v.optional(expectedSchema),
    'what the model says of the same plan, to be held against what was measured; absent where the model cannot say, and in what is modelled',
  ),
  traces: said(
    v.optional(v.array(traceSchema)),
    'one message of each kind, followed through the system when all was counted, and in no figure; absent in what is modelled, or where something failed',
  ),
  died: said(v.array(v.string()), 'processes that ended before they were asked to, with their last words'),
  unknowns: said(v.record(v.string(), v.string()), 'why a figure is null, or may be wrong'),
  errors: said(
    v.optional(v.record(v.string(), v.number())),
    'modelled alone: how far a figure of a run may be from this one, by its place; exact if it has none',
  ),
  model: said(v.optional(modelSchema), 'modelled alone: loads over all nodes and all brokers, and how they grow'),
  strategy: said(v.optional(v.string()), 'modelled alone: the name in `plan.strategy`, for lists of predictions'),
});

/** Only a model may expect a fraction of a message. */
export const resultSchema = v.pipe(
  fields,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.source === 'modelled') return;
    const { counts, nodes, brokers } = dataset.value;
    if (
      isWhole({
        counts,
        nodes: nodes.map(({ kinds, throughBrokers }) => ({ kinds, throughBrokers })),
        brokers: brokers.map((broker) => broker.kinds),
      })
    )
      return;
    addIssue({
      message: 'counts of messages must be whole',
      expected: 'whole where messages were counted',
      received: 'a record with fractions',
    });
  }),
);

function isWhole(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).every(isWhole) : Number.isInteger(value);
}

export type Result = v.InferOutput<typeof resultSchema>;
/** What a runner returns; the verdict is given later, from this alone. */
export type Measured = Omit<Result, 'verdict'>;
export type NodeResult = v.InferOutput<typeof nodeSchema>;
export type BrokerResult = v.InferOutput<typeof brokerSchema>;
export type Verdict = v.InferOutput<typeof verdictSchema>;
export type Status = v.InferOutput<typeof status>;
export type Equation = v.InferOutput<typeof equation>;
export type { Distribution } from './distribution.js';
export type Counts = Result['counts'];

/** Of a size, wherever one is recorded. */
export const sizeEntries = {
  nodes: v.number(),
  brokers: v.number(),
  users: v.number(),
  ratePerSecond: v.number(),
  seconds: v.number(),
  bytes: v.number(),
} as const;

/** Plans are written by this program and read back whole; what is checked is what a reader relies on. */
const planSchema = v.looseObject({
  schema: v.literal(1),
  run: v.string(),
  seed: v.number(),
  strategy: v.looseObject({ name: v.string(), options: v.record(v.string(), v.union([v.string(), v.number()])) }),
  scenario: v.string(),
  rooms: v.string(),
  size: v.looseObject(sizeEntries),
  topology: v.looseObject({ nodes: v.array(v.string()), brokers: v.array(v.looseObject({ id: v.string(), kind: v.string() })) }),
  command: v.string(),
});

function isPlan(value: unknown): boolean {
  return v.is(planSchema, value);
}
