import type { Figures } from '../measure/exact.js';
import type { Measured, Status, Verdict } from '../measure/result.js';

/** One exact figure that is not what it must be. */
export interface Difference {
  /** `nodes.n1.chat.published` */
  readonly figure: string;
  readonly live: number | null;
  readonly expected: string;
  /** Who says otherwise. */
  readonly by: 'baseline' | 'simulation' | 'model';
}

/** What the exact layer says of one run. */
export interface ExactJudged {
  readonly status: Status;
  readonly reasons: readonly string[];
  readonly differences: readonly Difference[];
}

/** Every figure in which a run and its baseline differ; one that only one of them has differs too. */
export function differencesFromBaseline(live: Figures, baseline: Figures): readonly Difference[] {
  return [...new Set([...baseline.keys(), ...live.keys()])]
    .filter((figure) => (live.get(figure) ?? null) !== (baseline.get(figure) ?? null) || live.has(figure) !== baseline.has(figure))
    .map((figure) => ({
      figure,
      live: live.get(figure) ?? null,
      expected: baseline.has(figure) ? `${baseline.get(figure) ?? 'not known'}` : 'none',
      by: 'baseline' as const,
    }));
}

/**
 * A difference fails, and so does a run that failed; the ledger and the equations are the verdict of the run. Where a part of the system died or did
 * not come to rest, no figure is promised, so nobody can say.
 */
export function exactJudged(
  { died, counts, unknowns }: Pick<Measured, 'counts' | 'unknowns'> & { readonly died: readonly string[] },
  { status, reasons }: Pick<Verdict, 'status' | 'reasons'>,
  differences: readonly Difference[],
): ExactJudged {
  if (died.length > 0 || counts.unanswered > 0 || unknowns.drained !== undefined) return { status: 'unknown', reasons, differences: [] };
  return { status: differences.length > 0 ? 'fail' : status, reasons, differences };
}
