/** What went wrong, as far as the caller is concerned; `cli.ts` turns it into an exit code. */
export type Fault = 'usage' | 'unavailable' | 'bug';

/**
 * The one error class. The message says who, what, and what to do:
 * `[redis-2] did not answer PING within 5 s; is port 7002 free?`
 */
export class BenchError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BenchError';
    this.fault = fault;
  }
}

export function usage(message: string, cause?: unknown): BenchError {
  return new BenchError('usage', message, { cause });
}

export function unavailable(message: string, cause?: unknown): BenchError {
  return new BenchError('unavailable', message, { cause });
}

/** The words of anything thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
