import { unavailable } from '../error.js';
import { within } from '../transports/within.js';

/** What a runner tells whoever waits for it. */
export interface Progress {
  /** The step a person reads: `connecting 400 users`. */
  readonly step: string;
  readonly elapsedSeconds?: number;
  readonly totalSeconds?: number;
  readonly sent?: number;
  readonly delivered?: number;
  readonly responseMsP99?: number | null;
}

export interface Watch {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  /** Something a person should know and that changes no figure. */
  warn(words: string): void;
}

/** The work, or an error that names what was waited for when it takes longer. */
export function inTime<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  return within(ms, work, () => unavailable(`${what} took longer than ${ms / 1000} s`));
}

/** The promise, or the abort. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
