import * as v from 'valibot';
import { BenchError, unavailable } from '../error.js';
import type { Result } from '../measure/result.js';
import { ownWord } from '../measure/traffic.js';
import { roomForms } from '../plan/types.js';
import { joinWindowMsMax, sizesInWords } from './describe.js';
import { issuesInWords, parsed } from './json.js';
import { quantile } from './loads.js';
import { share } from './numbers.js';

/** Several strategies under one load: comparison.json, beside the folder of each run. Figures are totals of the run; `null`: nobody knows. */
const figure = v.nullable(v.number());

/** In the order in which they are shown. */
export const trafficFigures = ['in', 'out', 'relayed', 'hops', 'questions'] as const;
const traffic = v.strictObject({ in: figure, out: figure, relayed: figure, hops: figure, questions: figure });

const compared = v.strictObject({
  strategy: v.string(),
  /** Of its own result.json and report.html, relative to this file. */
  folder: v.string(),
  status: v.picklist(['pass', 'fail', 'unknown']),
  reasons: v.array(v.string()),
  /** `4 nodes, 3 Redis, 400 users`: what the strategy made of the size. */
  size: v.string(),
  embedded: v.boolean(),
  sent: v.number(),
  delivered: v.number(),
  lost: v.number(),
  duplicated: v.number(),
  misdelivered: v.number(),
  /** All brokers together, in their own words; nodes that speak straight to each other (hops) and places of a directory (questions) too. */
  traffic,
  /** What the row of docs/strategies says that it must be; null: no row for this size. */
  row: v.nullable(traffic),
  amplification: figure,
  costUsPerDelivered: v.strictObject({ node: figure, broker: figure, generator: figure }),
  responseMs: v.strictObject({ p50: figure, p99: figure }),
  /** Longest time from joining a room to hearing it, where nobody waits for it: what is sent in it may be lost. Null: whoever joins waits. */
  joinWindowMsMax: v.optional(figure, null),
});

const notRun = v.strictObject({ strategy: v.string(), why: v.string() });

export const comparisonSchema = v.strictObject({
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
  commit: v.nullable(v.string()),
  machine: v.nullable(v.string()),
  runs: v.array(compared),
  /** What could not be run here at all, and what ended without a result. */
  leftOut: v.array(notRun),
  failed: v.array(notRun),
});

export type Comparison = v.InferOutput<typeof comparisonSchema>;
export type Compared = v.InferOutput<typeof compared>;
export type ComparedTraffic = v.InferOutput<typeof traffic>;

/** The figures of one run, as far as a comparison shows them. */
export function comparedOf(result: Result, at: { readonly folder: string; readonly row: Compared['row'] }): Compared {
  const { verdict, counts, brokers, latencyMs, costUsPerDelivered, amplification, plan } = result;
  const { sent, delivered, lost, duplicated, misdelivered } = counts;
  return {
    strategy: plan.strategy.name,
    folder: at.folder,
    status: verdict.status,
    reasons: verdict.reasons,
    size: sizesInWords(result),
    embedded: brokers.some(({ embedded }) => embedded),
    ...{ sent, delivered, lost, duplicated, misdelivered },
    traffic: only(ownWord(result, plan.topology)),
    row: at.row === null ? null : only(at.row),
    amplification,
    costUsPerDelivered,
    responseMs: { p50: quantile(latencyMs.response.all, 0.5), p99: quantile(latencyMs.response.all, 0.99) },
    joinWindowMsMax: joinWindowMsMax(result),
  };
}

/** As many answers as questions, so only these are kept. */
function only({ in: taken, out, relayed, hops, questions }: ComparedTraffic): ComparedTraffic {
  return { in: taken, out, relayed, hops, questions };
}

/** How often brokers, nodes as brokers and directories handle each message that was sent. */
export function perMessage({ traffic, sent }: Compared, figure: keyof ComparedTraffic): number | null {
  return share(traffic[figure], sent);
}

/** How one figure of the brokers stands to the row: null where either is not known. */
export function agrees(measured: number | null, expected: number | null | undefined): boolean | null {
  return measured === null || expected === null || expected === undefined ? null : measured === expected;
}

export function comparisonText(comparison: Comparison): string {
  const checked = v.safeParse(comparisonSchema, comparison);
  if (!checked.success) throw new BenchError('bug', `[comparison] ${issuesInWords(checked.issues)}`);
  return `${JSON.stringify(checked.output, null, 2)}\n`;
}

/** The comparison in a text. `where` names the file in errors. */
export function readComparison(text: string, where: string): Comparison {
  const checked = v.safeParse(comparisonSchema, parsed(text, where));
  if (checked.success) return checked.output;
  throw unavailable(`${where} is no comparison of this bench: ${issuesInWords(checked.issues)}; run it again`);
}
