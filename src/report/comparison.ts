import * as v from 'valibot';
import type { Result, Status } from '../measure/result.js';
import { traceSchema } from '../measure/traceSchema.js';
import { ownWord } from '../measure/traffic.js';
import { joinWindowMsMax, sizesInWords } from './describe.js';
import { brokersApart, loadOfAll, quantile } from './loads.js';
import { share } from './numbers.js';
import type { OutlookRow } from './outlook.js';
import { outlookRowSchema } from './outlookSchema.js';
import { handledByBrokers, handledByNode, median, most, subscriptionsOf } from './perProcess.js';
import { readRecord, recordText } from './record.js';
import { figure, notRun, seriesHead, status } from './series.js';

/** Several strategies under one load: comparison.json, beside the folder of each run. Figures are totals of one run; `null`: nobody knows. */

/** In the order in which they are shown. */
export const trafficFigures = ['in', 'out', 'relayed', 'hops', 'questions'] as const;
const traffic = v.strictObject({ in: figure, out: figure, relayed: figure, hops: figure, questions: figure });

/** What differs from round to round: of this machine, at this rate. */
const measured = {
  costUsPerDelivered: v.strictObject({ node: figure, broker: figure, generator: figure }),
  responseMs: v.strictObject({ p50: figure, p99: figure }),
  /** Of the largest process of the role. */
  memoryBytes: v.strictObject({ node: figure, broker: figure }),
  /** Longest time from joining a room to hearing it, where nobody waits for it: what is sent in it may be lost. Null: whoever joins waits. */
  joinWindowMsMax: v.optional(figure, null),
} as const;

/** `folder`: of its own result.json and report.html, relative to this file. */
const round = v.strictObject({ folder: v.string(), status, ...measured });

const compared = v.strictObject({
  strategy: v.string(),
  /** An official adapter; `control`: the strategy that routes alike on bench's own code. */
  adapter: v.boolean(),
  control: v.nullable(v.string()),
  /** Of its first round. */
  folder: v.string(),
  /** The worst of all rounds; unknown where they counted differently. */
  status,
  reasons: v.array(v.string()),
  /** Figures that ought to be equal in all rounds and are not. */
  differs: v.array(v.string()),
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
  /** What the busiest node put to others and got from them, and what the busiest broker took in, handed out and on. */
  handledMost: v.strictObject({ node: v.number(), broker: figure }),
  /** Addresses that all nodes together listen at. */
  subscriptions: v.number(),
  /** One message, followed: the same of each strategy that has as many nodes. */
  trace: v.optional(traceSchema),
  /** Medians over all rounds, and the longest join window. */
  ...measured,
  rounds: v.array(round),
  /** Of what nodes received, the share that nobody there wanted; null: they received nothing. */
  wastedShare: v.optional(figure),
  /** What the model says of its plan, and what of it a page needs to model it at other sizes; null: the model does not know it. */
  outlook: v.optional(v.fallback(v.nullable(outlookRowSchema), null)),
});

export const comparisonSchema = v.strictObject({
  ...seriesHead,
  runs: v.array(compared),
  /** What nobody named and runs all the same, and why. */
  added: v.optional(v.array(notRun)),
  /** What could not be run here at all, and what ended without a result. */
  leftOut: v.array(notRun),
  failed: v.array(notRun),
});

export type Comparison = v.InferOutput<typeof comparisonSchema>;
export type Compared = v.InferOutput<typeof compared>;
export type ComparedTraffic = v.InferOutput<typeof traffic>;

interface At {
  readonly folder: string;
  readonly row: Compared['row'];
  readonly adapter?: boolean;
  readonly control?: string | undefined;
  readonly outlook?: OutlookRow | undefined;
}

/** The figures of one run, as far as a comparison shows them. */
export function comparedOf(result: Result, { folder, row, adapter = false, control, outlook }: At): Compared {
  const { verdict, counts, brokers, nodes, amplification, plan } = result;
  const { sent, delivered, lost, duplicated, misdelivered } = counts;
  const figures = measuredOf(result);
  return {
    strategy: plan.strategy.name,
    adapter,
    control: control ?? null,
    folder,
    status: verdict.status,
    reasons: verdict.reasons,
    differs: [],
    size: sizesInWords(result),
    embedded: brokers.some(({ embedded }) => embedded),
    ...{ sent, delivered, lost, duplicated, misdelivered },
    traffic: only(ownWord(result, plan.topology)),
    row: row === null ? null : only(row),
    amplification,
    handledMost: { node: most(nodes.map(handledByNode)) ?? 0, broker: most(handledByBrokers(result)) },
    subscriptions: subscriptionsOf(result),
    wastedShare: wastedShareOf(result),
    ...(result.traces?.[0] && { trace: result.traces[0] }),
    ...figures,
    rounds: [{ folder, status: verdict.status, ...figures }],
    ...(outlook === undefined ? {} : { outlook }),
  };
}

function wastedShareOf(result: Result): number | null {
  const { received, wasted } = loadOfAll(result);
  return share(wasted, received);
}

type MeasuredFigures = Pick<Compared, keyof typeof measured>;

function measuredOf(result: Result): MeasuredFigures {
  const { latencyMs, costUsPerDelivered, nodes } = result;
  const { all } = latencyMs.response;
  const largest = (processes: readonly { readonly memoryBytes: number | null }[]) =>
    processes.length === 0 ? null : most(processes.map(({ memoryBytes }) => memoryBytes));
  return {
    costUsPerDelivered,
    responseMs: { p50: quantile(all, 0.5), p99: quantile(all, 0.99) },
    memoryBytes: { node: largest(nodes), broker: largest(brokersApart(result)) },
    joinWindowMsMax: joinWindowMsMax(result),
  };
}

/** How many figures that differ are told. */
const differencesTold = 3;

const worst: readonly Status[] = ['pass', 'unknown', 'fail'];

/** With one more round of the same strategy. `differs`: exact figures that this round has otherwise than the first. */
export function withRound(before: Compared, next: Compared, differs: readonly string[]): Compared {
  const rounds = [...before.rounds, ...next.rounds];
  const here = differs.map((words) => `round ${rounds.length} counted otherwise than round 1: ${words}`);
  return {
    ...before,
    status: worstOf([before.status, next.status, ...(here.length > 0 ? (['unknown'] as const) : [])]),
    reasons: [...new Set([...before.reasons, ...next.reasons])],
    differs: [...before.differs, ...here],
    ...mediansOf(rounds),
    rounds,
  };
}

function worstOf(all: readonly Status[]): Status {
  return all.reduce((status, other) => (worst.indexOf(other) > worst.indexOf(status) ? other : status));
}

function mediansOf(rounds: Compared['rounds']): MeasuredFigures {
  const over = (of: (one: MeasuredFigures) => number | null) => median(rounds.map(of));
  return {
    costUsPerDelivered: {
      node: over(({ costUsPerDelivered }) => costUsPerDelivered.node),
      broker: over(({ costUsPerDelivered }) => costUsPerDelivered.broker),
      generator: over(({ costUsPerDelivered }) => costUsPerDelivered.generator),
    },
    responseMs: { p50: over(({ responseMs }) => responseMs.p50), p99: over(({ responseMs }) => responseMs.p99) },
    memoryBytes: { node: over(({ memoryBytes }) => memoryBytes.node), broker: over(({ memoryBytes }) => memoryBytes.broker) },
    joinWindowMsMax: most(rounds.map((one) => one.joinWindowMsMax)),
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

/** What is told of figures that differ; all of them are in comparison.json. */
export function firstOf(differs: readonly string[]): readonly string[] {
  const more = differs.length - differencesTold;
  return more <= 0 ? differs : [...differs.slice(0, differencesTold), `and ${more} more figures differ: see comparison.json`];
}

export function comparisonText(comparison: Comparison): string {
  return recordText(comparisonSchema, 'comparison', comparison);
}

/** The comparison in a text. `where` names the file in errors. */
export function readComparison(text: string, where: string): Comparison {
  return readRecord(comparisonSchema, 'comparison', text, where);
}
