import * as v from 'valibot';
import { trialSteps } from '../plan/rateSearch.js';
import { limits } from '../verdict/limitedBy.js';
import { plural, whole } from './numbers.js';
import { readRecord, recordText } from './record.js';
import { figure, seriesHead } from './series.js';

/** The highest rate at which a strategy holds: capacity.json, beside the folder of each measurement. */
const limit = v.nullable(v.picklist(limits));

const trial = v.strictObject({
  step: v.picklist(trialSteps),
  ratePerSecond: v.number(),
  /** Of its own result.json and report.html, relative to this file; null: it ended without a result. */
  folder: v.nullable(v.string()),
  holds: v.boolean(),
  /** Who was at its limit; null: nobody, it held. */
  limit,
  reasons: v.array(v.string()),
  sentPerSecond: figure,
  responseMsP99: figure,
  lost: figure,
  /** Shares of one core: of the busiest node, broker and load worker; `machine`: of all cores, whoever used them. */
  busyShare: v.strictObject({ node: figure, broker: figure, worker: figure, machine: figure }),
});

export const highestRateSchema = v.strictObject({
  ...seriesHead,
  strategy: v.string(),
  /** `4 nodes, 3 Redis, 400 users` */
  size: v.nullable(v.string()),
  slo: v.string(),
  range: v.strictObject({
    startRate: v.number(),
    leastRate: v.number(),
    mostRate: v.number(),
    precision: v.number(),
    /** What keeps the search from higher rates. */
    mostBecause: v.string(),
  }),
  trials: v.array(trial),
  /** null: the search was interrupted. In messages per second; `holds`: nowhere if null; `breaks`: nowhere within the range if null. */
  answer: v.nullable(v.strictObject({ holds: figure, breaks: figure, confirmedAt: figure, limit })),
});

export type HighestRate = v.InferOutput<typeof highestRateSchema>;
export type RateTrial = v.InferOutput<typeof trial>;

/** Who was at its limit at the rate that broke, by most of its measurements there. */
export function limitAt(trials: readonly RateTrial[], ratePerSecond: number | null): RateTrial['limit'] {
  const broken = trials.flatMap((one) => (one.ratePerSecond === ratePerSecond && one.limit !== null ? [one.limit] : []));
  const votes = (of: string) => broken.filter((one) => one === of).length;
  return broken.sort((one, other) => votes(other) - votes(one))[0] ?? null;
}

/** All measurements at one rate, in the order of the search. */
export function byRate(trials: readonly RateTrial[]): readonly (readonly RateTrial[])[] {
  const rates = new Map<string, RateTrial[]>();
  for (const one of trials) {
    const key = `${one.step} ${one.ratePerSecond}`;
    rates.set(key, [...(rates.get(key) ?? []), one]);
  }
  return [...rates.values()];
}

/** `20/s to 24/s` */
export function bracketInWords(answer: HighestRate['answer']): string {
  const { holds, breaks } = answer ?? { holds: null, breaks: null };
  return [holds, breaks].flatMap((end) => (end === null ? [] : [rate(end)])).join(' to ') + (breaks === null ? ' or more' : '');
}

/** The answer in sentences, the first of them the answer itself. */
export function answerInWords({ strategy, slo, range, answer, trials }: HighestRate): readonly string[] {
  if (answer === null) return [`${strategy}: interrupted after ${plural(trials.length, 'measurement')}`];
  const { holds, breaks, confirmedAt } = answer;
  if (holds === null) return [`${strategy} does not hold ${slo} at ${whole(range.leastRate)}/s or more`, ...limitInWords(answer)];
  const bracket = breaks === null ? `at ${rate(holds)}, and nothing higher was tried` : `up to between ${rate(holds)} and ${rate(breaks)}`;
  const confirmed =
    confirmedAt === null
      ? 'it was NOT confirmed at 0.9 of that: the figures of this machine are not steady'
      : `confirmed at ${rate(confirmedAt)}`;
  return [
    `${strategy} holds ${slo} ${bracket}; ${confirmed}`,
    ...(breaks === null ? [`Nothing broke: ${range.mostBecause}.`] : limitInWords(answer)),
  ];
}

const limitWords = {
  system: 'The system was the limit: generator and machine had room left.',
  generator:
    'The generator was the limit, not the system: it holds at least so much. More --workers, or another machine for them, would tell.',
  machine:
    'The machine was the limit: all its cores were busy, with nodes, brokers, the load and whatever else runs here. On machines of their own the same processes hold at least so much.',
} as const;

function limitInWords({ limit: who }: NonNullable<HighestRate['answer']>): readonly string[] {
  return who === null ? [] : [limitWords[who]];
}

export function rate(perSecond: number): string {
  return `${perSecond < 10 ? perSecond : whole(perSecond)}/s`;
}

export function highestRateText(found: HighestRate): string {
  return recordText(highestRateSchema, 'capacity', found);
}

/** The record in a text. `where` names the file in errors. */
export function readHighestRate(text: string, where: string): HighestRate {
  return readRecord(highestRateSchema, 'capacity', text, where);
}
