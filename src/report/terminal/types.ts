import type { Colors } from 'picocolors/types.js';
import type { Result } from '../../measure/result.js';

export interface Screen {
  readonly colours: Colors;
  readonly width: number;
}

/** A paragraph of the summary, as lines; no lines when there is nothing to say. */
export type Block = (result: Result, screen: Screen) => readonly string[];
