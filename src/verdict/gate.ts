import type { Status } from '../measure/result.js';
import type { ExactJudged } from './exactGate.js';

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

/** What a gate found; each layer that was not asked for is null. */
export interface GateRecord {
  readonly schema: 1;
  readonly status: Status;
  readonly command: string;
  readonly exact: ExactLayer | null;
}
