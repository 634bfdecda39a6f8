import type { ClaimFigure, ClaimFigures } from './figures.js';
import type { PointName } from './points.js';

/** Where a figure is looked at. `resize`: a change of the number of brokers in the middle of the load, simulated. */
export interface At {
  readonly strategy: string;
  readonly point: PointName | 'resize';
}

/** What was seen there. Where a point was run in rounds there are several. */
export interface Observed extends At {
  /** Of its own result.json and report.html; null: it is no run. */
  readonly folder: string | null;
  readonly figures: ClaimFigures;
}

/**
 * What must be seen for a part of a claim to hold, set down before anything is measured: a figure at a point, or its ratio to the same
 * figure elsewhere, lies between two bounds.
 */
export interface Criterion {
  /** By which its words are found. */
  readonly id: string;
  readonly figure: ClaimFigure;
  readonly of: At;
  readonly beside?: At;
  readonly least?: number;
  readonly most?: number;
}

/** A part of a claim that nothing here can show. */
export interface Beyond {
  readonly id: string;
  readonly beyond: true;
}

export type Why = 'not run' | 'not known' | 'rounds disagree' | 'beyond';

export interface Judged {
  /** null: it cannot be said, `why` not. */
  readonly holds: boolean | null;
  readonly why: Why | null;
  /** The figure, or its ratio, of each round beside each round of the other. */
  readonly values: readonly number[];
}

/** It holds if it does in every round, and does not if in none; where rounds disagree, noise is larger than what is looked for. */
export function judge(criterion: Criterion | Beyond, observed: readonly Observed[]): Judged {
  if ('beyond' in criterion) return unsaid('beyond');
  const { figure, of, beside } = criterion;
  const measured = seenAt(of, observed);
  const others = beside === undefined ? null : seenAt(beside, observed);
  if (measured.length === 0 || others?.length === 0) return unsaid('not run');
  const values = measured.flatMap((one) => (others === null ? [figures(one, figure)] : others.map((other) => ratioOf(one, other, figure))));
  const known = values.flatMap((value) => value ?? []);
  return known.length < values.length ? unsaid('not known') : within(criterion, known);
}

export function seenAt({ strategy, point }: At, observed: readonly Observed[]): readonly Observed[] {
  return observed.filter((one) => one.strategy === strategy && one.point === point);
}

function within({ least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Criterion, values: readonly number[]): Judged {
  const inside = values.filter((value) => value >= least && value <= most).length;
  if (inside > 0 && inside < values.length) return { ...unsaid('rounds disagree'), values };
  return { holds: inside > 0, why: null, values };
}

function unsaid(why: Why): Judged {
  return { holds: null, why, values: [] };
}

function figures({ figures: of }: Observed, figure: ClaimFigure): number | null {
  return of[figure] ?? null;
}

/** Of nothing there is no ratio. */
function ratioOf(one: Observed, other: Observed, figure: ClaimFigure): number | null {
  const [value, base] = [figures(one, figure), figures(other, figure)];
  return value === null || base === null || base === 0 ? null : value / base;
}

export const claimVerdicts = ['confirmed', 'refuted', 'qualified', 'not measured'] as const;
export type ClaimVerdict = (typeof claimVerdicts)[number];

/** All of it holds, none of it does, or some. */
export function verdictOfParts(parts: readonly Pick<Judged, 'holds'>[]): ClaimVerdict {
  const all = (holds: boolean | null) => parts.every((part) => part.holds === holds);
  if (all(null)) return 'not measured';
  if (all(true)) return 'confirmed';
  return all(false) ? 'refuted' : 'qualified';
}
