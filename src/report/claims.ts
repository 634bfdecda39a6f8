import * as v from 'valibot';
import type { Status } from '../measure/result.js';
import { claimVerdicts } from '../verdict/claims/criterion.js';
import { claimFigureNames } from '../verdict/claims/figures.js';
import type { JudgedClaim } from '../verdict/claims/judgeClaims.js';
import { points } from '../verdict/claims/points.js';
import { readRecord, recordText } from './record.js';
import { figure, notRun, seriesHead } from './series.js';

/** What runs say of the article's claims: claims.json, beside the folder of each run. */
const pointName = v.picklist(Object.keys(points) as (keyof typeof points)[]);
const place = v.strictObject({ strategy: v.string(), point: v.union([pointName, v.literal('resize')]) });

/** `null`: nothing here can show it, so it has no criterion. */
const criterion = v.strictObject({
  figure: v.picklist(claimFigureNames),
  of: place,
  /** Where the figure is divided by that of another place. */
  beside: v.optional(place),
  least: v.optional(v.number()),
  most: v.optional(v.number()),
});

const part = v.strictObject({
  id: v.string(),
  criterion: v.nullable(criterion),
  /** null: it cannot be said, `why` not. */
  holds: v.nullable(v.boolean()),
  why: v.nullable(v.picklist(['not run', 'not known', 'rounds disagree', 'beyond'])),
  /** The figure, or the ratio, in every round. */
  values: v.array(v.number()),
});

const claim = v.strictObject({
  strategy: v.string(),
  /** What the article says, in the words of the strategy's file. */
  claim: v.string(),
  verdict: v.picklist(claimVerdicts),
  parts: v.array(part),
});

const observation = v.strictObject({
  ...place.entries,
  /** Of its own result.json and report.html, relative to this file; null: it is no run. */
  folder: v.nullable(v.string()),
  figures: v.strictObject(
    Object.fromEntries(claimFigureNames.map((name) => [name, v.optional(figure)])) as Record<
      (typeof claimFigureNames)[number],
      v.OptionalSchema<typeof figure, undefined>
    >,
  ),
});

export const claimsSchema = v.strictObject({
  ...seriesHead,
  users: v.number(),
  ratePerSecond: v.number(),
  seconds: v.number(),
  claims: v.array(claim),
  observed: v.array(observation),
  leftOut: v.array(notRun),
  failed: v.array(notRun),
});

export type Claims = v.InferOutput<typeof claimsSchema>;
export type Claim = v.InferOutput<typeof claim>;
export type ClaimPart = v.InferOutput<typeof part>;
export type ClaimCriterion = v.InferOutput<typeof criterion>;
export type ClaimPlace = v.InferOutput<typeof place>;

/** What was judged, as the record holds it. */
export function recordedClaims(judged: readonly JudgedClaim[]): Claim[] {
  return judged.map(({ parts, ...rest }) => ({ ...rest, parts: parts.map(({ values, ...one }) => ({ ...one, values: [...values] })) }));
}

/** Measured is measured: a claim, or a part of one, that is refuted is no failure. */
export function statusOfClaims({ claims, failed }: Pick<Claims, 'claims' | 'failed'>): Status {
  if (failed.length > 0) return 'fail';
  return claims.some(({ verdict }) => verdict === 'not measured') ? 'unknown' : 'pass';
}

/** `skipped`: no run here can show it. */
export function statusOfPart({ holds, why }: ClaimPart): 'pass' | 'unknown' | 'skipped' {
  if (holds !== null) return 'pass';
  return why === 'beyond' ? 'skipped' : 'unknown';
}

export function claimsText(claims: Claims): string {
  return recordText(claimsSchema, 'claims', claims);
}

/** The record in a text. `where` names the file in errors. */
export function readClaims(text: string, where: string): Claims {
  return readRecord(claimsSchema, 'claims', text, where);
}
