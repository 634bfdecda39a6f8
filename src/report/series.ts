import * as v from 'valibot';
import { type Result, resultSchema } from '../measure/result.js';
import { roomForms } from '../plan/types.js';

/** What the records of several runs begin with: comparison.json, sweep.json, capacity.json, claims.json. */
export const seriesHead = {
  schema: v.literal(1),
  startedAt: v.string(),
  /** Which runner made all of it. */
  source: v.optional(v.picklist(['live', 'simulated', 'modelled']), 'live'),
  /** The command that repeats all of it. */
  command: v.string(),
  scenario: v.string(),
  rooms: v.picklist(roomForms),
  seed: v.number(),
  /** `1,000 messages/s for 10 s, 64 bytes each` */
  rate: v.string(),
  /** null: no run has ended yet, or it was outside a git work tree. */
  commit: v.nullable(v.string()),
  machine: v.nullable(v.string()),
  /** Versions and settings of the first run, and the servers of names that only later runs had. Absent: no run has ended yet, or the record is older. */
  environment: v.optional(resultSchema.entries.environment),
} as const;

const head = v.strictObject(seriesHead);
export type SeriesHead = v.InferOutput<typeof head>;

/** A figure that nobody may know. */
export const figure = v.nullable(v.number());
export const status = v.picklist(['pass', 'fail', 'unknown']);
export const notRun = v.strictObject({ strategy: v.string(), why: v.string() });

type Where = Pick<SeriesHead, 'commit' | 'machine' | 'environment'>;

/** What the head learns from a run. `before`: the head as the runs before left it. */
export function whereOf({ environment }: Pick<Result, 'environment'>, before?: Pick<SeriesHead, 'environment'>): Where {
  const first = before?.environment ?? environment;
  const { commit, platform, cores, cpus, node } = first;
  return {
    commit,
    machine: `${platform}, ${cores} cores (${cpus}), Node.js ${node}`,
    environment: withBrokersOf(first, environment),
  };
}

/** Settings differ from strategy to strategy: each run has its own. */
function withBrokersOf(first: Result['environment'], later: Result['environment']): Result['environment'] {
  const more = Object.entries(later.brokers).filter(([id]) => !Object.hasOwn(first.brokers, id));
  return { ...first, brokers: { ...first.brokers, ...Object.fromEntries(more) } };
}
