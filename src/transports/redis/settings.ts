import type { RedisOptions } from 'ioredis';
import { packLimits } from '../pack.js';
import { type ConnectionTimes, connectionTimes } from '../times.js';
import type { RedisLocation } from './url.js';

/** How bench speaks to Redis, for the result. Nothing is ever sent twice or kept for later: a send is taken, rejected or unknown. */
export const clientSettings = {
  client: 'own (RESP over TCP)',
  protocol: 2,
  offlineQueue: false,
  resendUnfulfilledCommands: false,
  resubscribeByItself: false,
  commandsPerWrite: 'all of one turn of the event loop',
  messagesPerCommand: `one; where the strategy says that they may share it, those of one turn for one channel, up to ${packLimits.bytes} bytes`,
  ...connectionTimes,
} as const;

/** For a visit by ioredis, which is over with its one connection: nothing is queued, resent or tried again. */
export function redisOptions(location: RedisLocation, times: ConnectionTimes): RedisOptions & { replyMapping: 'legacy' } {
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
