import type { RedisOptions } from 'ioredis';
import type { RedisLocation } from './url.js';

/** How long the client waits, and for what. */
export interface ClientTimes {
  readonly connectTimeoutMs: number;
  /** For the answer to anything but a publish. */
  readonly answerTimeoutMs: number;
  /** A connection on which an answer is due and nothing comes for so long is given up. */
  readonly silenceTimeoutMs: number;
  /** The first attempt to come back is made after this, each further one after twice the time before, up to the longest. */
  readonly retryFirstMs: number;
  readonly retryLongestMs: number;
  /** For the server's end of a connection that is being closed. */
  readonly closeTimeoutMs: number;
}

export const clientTimes: ClientTimes = {
  connectTimeoutMs: 5_000,
  answerTimeoutMs: 5_000,
  silenceTimeoutMs: 10_000,
  retryFirstMs: 50,
  retryLongestMs: 1_000,
  closeTimeoutMs: 500,
};

/** How bench speaks to Redis, for the result. Nothing is ever sent twice or kept for later: a send is taken, rejected or unknown. */
export const clientSettings = {
  client: 'ioredis',
  protocol: 3,
  offlineQueue: false,
  resendUnfulfilledCommands: false,
  resubscribeByItself: false,
  publishesPerWrite: 'all of one turn of the event loop',
  ...clientTimes,
} as const;

export function retryDelayMs(attempt: number, times: ClientTimes): number {
  return Math.min(times.retryFirstMs * 2 ** attempt, times.retryLongestMs);
}

/**
 * One client object lives for one connection: with ioredis's own reconnection off, no command or subscription of a broken
 * connection can turn up on the next one. It resends publishes and replays queued ones otherwise (ioredis #933, #1079).
 */
export function redisOptions(location: RedisLocation, times: ClientTimes): RedisOptions & { replyMapping: 'legacy' } {
  return {
    host: location.host,
    port: location.port,
    ...(location.username === '' ? {} : { username: location.username }),
    ...(location.password === '' ? {} : { password: location.password }),
    ...(location.tls ? { tls: {} } : {}),
    db: location.database,
    lazyConnect: true,
    protocol: 3,
    replyMapping: 'legacy',
    disableClientInfo: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    retryStrategy: null,
    connectTimeout: times.connectTimeoutMs,
    socketTimeout: times.silenceTimeoutMs,
    disconnectTimeout: times.closeTimeoutMs,
  };
}
