import type { Result } from '../measure/result.js';
import { type CapacityPlan, capacityPlanText, readCapacityPlan } from './capacityPlan.js';
import { type Claims, claimsText, readClaims } from './claims.js';
import { type Comparison, comparisonText, readComparison } from './comparison.js';
import { type HighestRate, highestRateText, readHighestRate } from './highestRate.js';
import { readResult, resultText } from './json.js';
import type { Language } from './language.js';
import { readSweep, type Sweep, sweepText } from './sweep.js';

/** What bench keeps: of one run, of several, and of none, as a capacity plan. */
export interface Records {
  readonly result: Result;
  readonly comparison: Comparison;
  readonly sweep: Sweep;
  readonly capacity: HighestRate;
  readonly claims: Claims;
  readonly plan: CapacityPlan;
}

export type RecordKind = keyof Records;

/** A record that says what it is. */
export type Kept = { readonly [Kind in RecordKind]: { readonly kind: Kind; readonly record: Records[Kind] } }[RecordKind];

/** One thing for each kind of record. */
export type ForEach<Made> = { readonly [Kind in RecordKind]: (record: Records[Kind], language: Language) => Made };

const readers: { readonly [Kind in RecordKind]: (text: string, where: string) => Records[Kind] } = {
  comparison: readComparison,
  sweep: readSweep,
  capacity: readHighestRate,
  claims: readClaims,
  plan: readCapacityPlan,
  result: readResult,
};

const writers: ForEach<string> = {
  comparison: comparisonText,
  sweep: sweepText,
  capacity: highestRateText,
  claims: claimsText,
  plan: capacityPlanText,
  result: resultText,
};

/** plan.json is not free: a run begins with it. */
const files: { readonly [Kind in RecordKind]: string } = {
  comparison: 'comparison.json',
  sweep: 'sweep.json',
  capacity: 'capacity.json',
  claims: 'claims.json',
  plan: 'fleets.json',
  result: 'result.json',
};

export const recordKinds = Object.keys(files) as readonly RecordKind[];

export function recordFile(kind: RecordKind): string {
  return files[kind];
}

/** What the file of this name holds; undefined: no record. */
export function kindOfFile(name: string): RecordKind | undefined {
  return recordKinds.find((kind) => recordFile(kind) === name);
}

/** The record in a text. `where` names the file in errors. */
export function readKept(kind: RecordKind, text: string, where: string): Kept {
  return { kind, record: readers[kind](text, where) } as Kept;
}

export function keptText(kept: Kept): string {
  return ofKept(writers, kept);
}

/** What is made of this record by what is there for its kind. */
export function ofKept<Made>(makers: ForEach<Made>, { kind, record }: Kept, language: Language = 'en'): Made {
  const make = makers[kind] as (record: Records[RecordKind], language: Language) => Made;
  return make(record, language);
}
