import { unavailable } from '../error.js';

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
}

/** The promise, or an error that names what was waited for, after that many milliseconds. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable(`${what} took longer than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
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
