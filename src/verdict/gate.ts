import type { Status } from '../measure/result.js';
import type { Comparison } from './costGate.js';
import type { ExactJudged } from './exactGate.js';
import type { Pair } from './pairs.js';

/** One run of the exact layer, judged. */
export interface ExactEntry extends ExactJudged {
  /** `hashed-direct` */
  readonly name: string;
  /** What it is there to find. */
  readonly why: string;
  /** That plays the run again. */
  readonly command: string;
  readonly seconds: number;
}

export interface ExactLayer {
  readonly status: Status;
  readonly baseline: string;
  readonly entries: readonly ExactEntry[];
}

/** Base and head, each played as often as the other. */
export interface StatisticalLayer {
  readonly status: Status;
  /** What kept it from playing all pairs. */
  readonly reasons: readonly string[];
  readonly base: string;
  readonly head: string;
  /** The flags of each run. */
  readonly run: string;
  /** Where the limits come from. */
  readonly limits: string;
  readonly figures: readonly Comparison[];
  readonly pairs: readonly Pair[];
}

/** What a gate found; a layer that was not asked for is null. */
export interface GateRecord {
  readonly schema: 1;
  readonly status: Status;
  readonly command: string;
  readonly exact: ExactLayer | null;
  readonly statistical: StatisticalLayer | null;
}
