/** How long whoever speaks to a broker waits, and for what. */
export interface ConnectionTimes {
  readonly connectTimeoutMs: number;
  /** For the answer to anything but a publish. */
  readonly answerTimeoutMs: number;
  /** A connection on which answers are due and none comes for so long is given up. */
  readonly silenceTimeoutMs: number;
  /** The first attempt to come back is made after this, each further one after twice the time before, up to the longest. */
  readonly retryFirstMs: number;
  readonly retryLongestMs: number;
  /** For the server's end of a connection that is being closed. */
  readonly closeTimeoutMs: number;
}

/** The same for every kind of broker, so that an outage costs each strategy alike. */
export const connectionTimes: ConnectionTimes = {
  connectTimeoutMs: 5_000,
  answerTimeoutMs: 5_000,
  silenceTimeoutMs: 10_000,
  retryFirstMs: 50,
  retryLongestMs: 1_000,
  closeTimeoutMs: 500,
};

/** `attempt` counts from 0. */
export function retryDelayMs(attempt: number, times: Pick<ConnectionTimes, 'retryFirstMs' | 'retryLongestMs'>): number {
  return Math.min(times.retryFirstMs * 2 ** attempt, times.retryLongestMs);
}
