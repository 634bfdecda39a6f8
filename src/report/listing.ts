import type { Status } from '../measure/result.js';
import { statusOfPlan } from './capacityPlan.js';
import { statusOfClaims } from './claims.js';
import { rateInWords, sizesInWords } from './describe.js';
import { bracketInWords } from './highestRate.js';
import { plural, threeDigits } from './numbers.js';
import { type ForEach, type Kept, ofKept, type RecordKind } from './records.js';

/** What a list of results says of each record; null: it does not have that, or has several. */
export interface Entry {
  readonly kind: RecordKind;
  readonly status: Status;
  readonly strategies: readonly string[];
  readonly scenario: string;
  readonly size: string | null;
  readonly nodes: number | null;
  readonly rate: string;
  readonly ratePerSecond: number | null;
  readonly startedAt: string;
}

/** Something in a folder of results. `path`: of its folder, with slashes; `inside`: the path of the record of several runs that it is one of. */
export type Listed = { readonly path: string; readonly inside: string | null } & (
  | { readonly entry: Entry }
  /** What keeps it from being read, or from being there yet. */
  | { readonly state: 'unfinished' | 'broken'; readonly why: string; readonly startedAt: string }
);

const worstFirst: readonly Status[] = ['fail', 'unknown', 'pass'];

function worst(all: readonly Status[]): Status {
  return worstFirst.find((status) => all.includes(status)) ?? 'unknown';
}

const entries: ForEach<Omit<Entry, 'kind'>> = {
  result: (result) => ({
    status: result.verdict.status,
    strategies: [result.plan.strategy.name],
    scenario: result.plan.scenario,
    size: sizesInWords(result),
    nodes: result.plan.size.nodes,
    rate: rateInWords(result),
    ratePerSecond: result.plan.size.ratePerSecond,
    startedAt: result.startedAt,
  }),
  comparison: ({ runs, failed, scenario, rate, startedAt }) => ({
    status: worst([...runs.map(({ status }) => status), ...failed.map(() => 'fail' as const)]),
    strategies: [...runs, ...failed].map(({ strategy }) => strategy),
    ...{ scenario, size: null, nodes: null, rate, ratePerSecond: null, startedAt },
  }),
  sweep: ({ points, failed, vary, scenario, rate, startedAt }) => ({
    status: worst([...points.map(({ status }) => status), ...failed.map(() => 'fail' as const)]),
    strategies: [...new Set([...points, ...failed].map(({ strategy }) => strategy))],
    size: vary.map(({ name, values }) => `${name} ${values.join(', ')}`).join('; '),
    ...{ scenario, nodes: null, rate, ratePerSecond: null, startedAt },
  }),
  capacity: ({ strategy, answer, size, scenario, startedAt }) => ({
    status: answer === null ? 'unknown' : answer.holds === null ? 'fail' : answer.confirmedAt === null ? 'unknown' : 'pass',
    strategies: [strategy],
    rate: answer === null || answer.holds === null ? '–' : bracketInWords(answer),
    ...{ scenario, size, nodes: null, ratePerSecond: answer?.holds ?? null, startedAt },
  }),
  claims: ({ claims, failed, scenario, rate, startedAt }) => ({
    status: statusOfClaims({ claims, failed }),
    strategies: claims.map(({ strategy }) => strategy),
    ...{ scenario, size: null, nodes: null, rate, ratePerSecond: null, startedAt },
  }),
  plan: (plan) => ({
    status: statusOfPlan(plan),
    strategies: [...plan.strategies, ...plan.impossible].map(({ strategy }) => strategy),
    scenario: plan.workload,
    size: plural(plan.users, 'user'),
    nodes: null,
    rate: `${threeDigits(plan.users * plan.ratePerUser)} messages/s`,
    ratePerSecond: plan.users * plan.ratePerUser,
    startedAt: plan.startedAt,
  }),
};

export function entryOf(kept: Kept): Entry {
  return { kind: kept.kind, ...ofKept(entries, kept) };
}

export const sortKeys = ['when', 'verdict', 'kind', 'strategy', 'scenario', 'nodes', 'rate'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What is shown of a list, and in which order. */
export interface Choice {
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Part of a path, a strategy or a scenario. */
  readonly words: string;
  readonly verdict: Status | 'unreadable' | 'all';
  readonly kind: RecordKind | 'all';
  /** Also the runs of comparisons, sweeps and searches. */
  readonly inside: boolean;
}

export const standardChoice: Choice = { sort: 'when', descending: true, words: '', verdict: 'all', kind: 'all', inside: false };

export function chosen(all: readonly Listed[], choice: Choice): readonly Listed[] {
  const { sort, descending } = choice;
  const kept = all.filter((one) => isChosen(one, choice));
  // The newest first among equals; what has no such figure stands at the end, whichever way.
  return kept.toSorted((one, other) => byKey(sort, descending, one, other) || (startOf(other) < startOf(one) ? -1 : 1));
}

function isChosen(one: Listed, { words, verdict, kind, inside }: Choice): boolean {
  if (one.inside !== null && !inside) return false;
  const entry = 'entry' in one ? one.entry : undefined;
  if (verdict !== 'all' && (entry?.status ?? 'unreadable') !== verdict) return false;
  if (kind !== 'all' && entry !== undefined && entry.kind !== kind) return false;
  const text = [one.path, ...(entry?.strategies ?? []), entry?.scenario ?? ''].join('\n').toLowerCase();
  return text.includes(words.trim().toLowerCase());
}

export function startOf(one: Listed): string {
  return 'entry' in one ? one.entry.startedAt : one.startedAt;
}

function byKey(sort: SortKey, descending: boolean, one: Listed, other: Listed): number {
  const [a, b] = [keyOf(sort, one), keyOf(sort, other)];
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return (a < b ? -1 : 1) * (descending ? -1 : 1);
}

function keyOf(sort: SortKey, one: Listed): string | number | null {
  if (sort === 'when') return startOf(one);
  if (!('entry' in one)) return null;
  const { entry } = one;
  const keys = {
    verdict: worstFirst.indexOf(entry.status),
    kind: entry.kind,
    strategy: entry.strategies.join(', '),
    scenario: entry.scenario,
    nodes: entry.nodes,
    rate: entry.ratePerSecond,
  };
  return keys[sort];
}
