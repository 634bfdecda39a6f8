import type { Result } from '../measure/result.js';
import type { Language } from './language.js';

/** A file of a report; the path is relative to the folder of the run. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Turns results into bytes and touches nothing: only commands write files. */
export interface Reporter {
  readonly name: string;
  render(results: readonly Result[], language?: Language): Promise<readonly ReportFile[]>;
}
