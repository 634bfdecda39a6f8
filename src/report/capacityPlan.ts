import * as v from 'valibot';
import type { Status } from '../measure/result.js';
import { calibrationSchema } from '../run/modelled/calibration.js';
import { outlookRowSchema } from './outlookSchema.js';
import { readRecord, recordText } from './record.js';
import { figure, notRun } from './series.js';

/** How many nodes and brokers every strategy would need: fleets.json. Nothing of it was run. */

/** Of one core, of one process; `busyShare`: without what it takes to be there. */
const use = v.strictObject({ share: v.number(), busyShare: v.number(), memoryBytes: v.number() });

/** One strategy at the size that carries the load. */
const planned = v.strictObject({
  strategy: v.string(),
  /** What serves the clients of its nodes. */
  engine: v.string(),
  nodes: v.number(),
  brokers: v.number(),
  /** How many of these only keep a directory. */
  directories: v.number(),
  kinds: v.array(v.string()),
  /** At work, all processes together. */
  cores: v.number(),
  node: use,
  /** null: it has none. */
  broker: v.nullable(use),
  /** The share of a core that a process may use here. */
  allowed: v.number(),
  saturatesFirst: v.string(),
  connectionsPerBroker: v.number(),
  subscriptionsPerBroker: v.number(),
  /** What one place of a directory keeps. */
  entriesPerPlace: v.number(),
  /** Of deliveries, when one broker dies; null: there is none. */
  lostShare: figure,
  wastedShare: v.number(),
  /** What was never measured, and what stands for it; null: nothing does, and it counts at what it takes at least. */
  uncalibrated: v.array(v.strictObject({ name: v.string(), of: v.picklist(['cpu', 'memory']), countedAs: v.nullable(v.string()) })),
  /** What a million more users need; null: they are too many. */
  millionMore: v.nullable(v.strictObject({ nodes: v.number(), brokers: v.number(), cores: v.number() })),
});

const calibration = v.strictObject({
  where: v.string(),
  madeAt: v.string(),
  ageDays: v.number(),
  /** Counted at a least cost: the runs did not tell it apart from less. */
  assumed: v.array(v.string()),
  environment: calibrationSchema.entries.environment,
  runs: calibrationSchema.entries.runs,
});

export const capacityPlanSchema = v.strictObject({
  schema: v.literal(1),
  startedAt: v.string(),
  /** The command that asks for it again. */
  command: v.string(),
  seed: v.number(),
  /** What computed it. */
  environment: v.strictObject({ commit: v.nullable(v.string()), bench: v.string(), node: v.string() }),
  users: v.number(),
  ratePerUser: v.number(),
  workload: v.string(),
  demands: v.strictObject({ utilisation: v.number(), connectionsPerNode: v.number(), nodesLeast: v.number(), responseMsP99: figure }),
  calibration,
  strategies: v.array(planned),
  impossible: v.array(notRun),
  /** `alike`: others that would cost the same, within what a calibration can tell. */
  advice: v.nullable(v.strictObject({ strategy: v.string(), alike: v.array(v.string()), reasons: v.array(v.string()) })),
  /**
   * The strategy to take with other numbers of users; what the article's winner, `hashed`, would use there, in cores; and whether that
   * is the same within what a calibration can tell.
   */
  winners: v.array(v.strictObject({ users: v.number(), strategy: v.nullable(v.string()), hashed: figure, hashedAlike: v.boolean() })),
  /** For the sliders of its page: what the model says with the fleet that is advised. Absent: it was not kept. */
  outlooks: v.optional(v.array(outlookRowSchema)),
  /** How the rooms are made; absent: it is of direct messages. */
  rooms: v.optional(v.strictObject({ members: v.number(), perUser: v.number() })),
});

export type CapacityPlan = v.InferOutput<typeof capacityPlanSchema>;
export type PlannedStrategy = v.InferOutput<typeof planned>;

/** The one to take first, then by how many processes. */
export function fleetsInOrder({ strategies, advice }: CapacityPlan): readonly PlannedStrategy[] {
  const rank = ({ strategy, nodes, brokers, cores }: PlannedStrategy) =>
    strategy === advice?.strategy ? 0 : nodes + brokers + cores / 1e6;
  return strategies.toSorted((one, other) => rank(one) - rank(other));
}

/** That some strategies cannot do it is an answer; that none can is a failure. */
export function statusOfPlan({ advice }: CapacityPlan): Status {
  return advice === null ? 'fail' : 'pass';
}

export function capacityPlanText(plan: CapacityPlan): string {
  return recordText(capacityPlanSchema, 'plan', plan);
}

/** The plan in a text. `where` names the file in errors. */
export function readCapacityPlan(text: string, where: string): CapacityPlan {
  return readRecord(capacityPlanSchema, 'plan', text, where);
}

/** `redis-sharded counted as redis; memory of rabbitmq counted as redis`, each once. */
export function substitutesInWords(
  strategies: readonly PlannedStrategy[],
  { memoryOf, countedAs, countedAtLeast }: Readonly<Record<'memoryOf' | 'countedAs' | 'countedAtLeast', string>>,
): string {
  const words = strategies.flatMap(({ uncalibrated }) =>
    uncalibrated.map(({ name, of, countedAs: other }) => {
      const what = of === 'memory' ? `${memoryOf} ${name}` : name;
      return other === null ? `${what} ${countedAtLeast}` : `${what} ${countedAs} ${other}`;
    }),
  );
  return [...new Set(words)].join('; ');
}
