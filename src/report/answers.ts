import * as v from 'valibot';
import { distributionSchema } from '../measure/distribution.js';
import type { Result } from '../measure/result.js';
import { quantile } from './loads.js';
import { notKnown, threeDigits, whole } from './numbers.js';

/** One figure that answers what the scenario asks. */
export interface Answer {
  /** Its place in result.json. */
  readonly place: string;
  readonly words: string;
  /** Why it is not known. */
  readonly why: string | undefined;
}

/** The figures that the scenario names, in words; of several kinds of figures each in its own. */
export function answersOf(result: Result): readonly Answer[] {
  return (result.plan.asks?.answeredBy ?? []).map((place) => ({
    place,
    words: wordsFor(valueAt(result, place)),
    why: result.unknowns[place],
  }));
}

function valueAt(result: Result, place: string): unknown {
  let value: unknown = result;
  for (const name of place.split('.')) {
    const fields = typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : undefined;
    value = fields?.get(name) ?? null;
  }
  return value;
}

function wordsFor(value: unknown): string {
  if (value === null || value === undefined) return notKnown;
  if (typeof value === 'number') return Number.isInteger(value) ? whole(value) : threeDigits(value);
  if (v.is(distributionSchema, value))
    return `p50 ${threeDigits(quantile(value, 0.5))}, p99 ${threeDigits(quantile(value, 0.99))}, max ${threeDigits(value.max)} ms of ${whole(value.count)}`;
  if (typeof value !== 'object') return String(value);
  return (
    Object.entries(value)
      .map(([name, part]) => `${name} ${wordsFor(part)}`)
      .join(', ') || 'none'
  );
}
