import { claimCriteria } from './claims.js';
import { type Beyond, type ClaimVerdict, type Criterion, type Judged, judge, type Observed, verdictOfParts } from './criterion.js';

/** What the article says of a strategy. */
export interface Said {
  readonly strategy: string;
  readonly claim: string;
}

export interface JudgedClaim extends Said {
  readonly verdict: ClaimVerdict;
  readonly parts: readonly (Judged & { readonly id: string; readonly criterion: Omit<Criterion, 'id'> | null })[];
}

/** Every claim with what its criteria say of what was seen. */
export function judgeClaims(said: readonly Said[], observed: readonly Observed[]): readonly JudgedClaim[] {
  return said.map(({ strategy, claim }) => {
    const parts = (claimCriteria[strategy] ?? []).map((criterion) => ({ ...named(criterion), ...judge(criterion, observed) }));
    return { strategy, claim, verdict: verdictOfParts(parts), parts };
  });
}

function named(criterion: Criterion | Beyond): Pick<JudgedClaim['parts'][number], 'id' | 'criterion'> {
  if ('beyond' in criterion) return { id: criterion.id, criterion: null };
  const { id, ...rest } = criterion;
  return { id, criterion: rest };
}
