/** What a runner tells whoever waits for it. */
export interface Progress {
  /** The step a person reads: `connecting 400 users`. */
  readonly step: string;
  /** Of the load, while it is played and once more when all is counted. */
  readonly load?: LoadProgress;
}

export interface LoadProgress {
  readonly elapsedSeconds: number;
  readonly totalSeconds: number;
  readonly sent: number;
  readonly delivered: number;
  /** Of late, of the slowest load worker, while it is played; of all deliveries when it is over. null: nothing arrived. */
  readonly responseMsP99: number | null;
  readonly workers: number;
  /** These are the final numbers. */
  readonly over: boolean;
}

export interface Watch {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  /** Something a person should know and that changes no figure. */
  warn(words: string): void;
}

/** The promise, or the abort. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
