import { Redis } from 'ioredis';
import { unavailable } from '../../error.js';
import { connectionTimes } from '../times.js';
import { within } from '../within.js';
import { connectFailure } from './failure.js';
import { redisOptions } from './settings.js';
import { parseRedisUrl } from './url.js';

/** Connects, does one thing, and leaves. `who` begins the errors, which never hold the password. */
export async function visit<T>(who: string, url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisOptions(parseRedisUrl(url), connectionTimes));
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error;
  });
  const timeoutMs = connectionTimes.answerTimeoutMs;
  const late = () => unavailable(`[${who}] did not answer within ${timeoutMs / 1000} s; is a Redis there, and is it not busy or stopped?`);
  const asked = redis.connect().then(() => ask(redis));
  try {
    return await within(
      timeoutMs,
      asked.catch((error: unknown) => {
        throw connectFailure(who, url, reason ?? error);
      }),
      late,
    );
  } finally {
    await disconnect(redis);
  }
}

/** Closes at once and resolves when the socket is gone. */
async function disconnect(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const ended = new Promise<void>((resolve) => {
    redis.once('end', resolve);
  });
  redis.disconnect();
  await ended;
}
