import { unavailable } from '../../error.js';
import { parseInformation } from './information.js';
import { maskUrl } from './url.js';
import { visit } from './visit.js';

/**
 * Checks the URL and that a standalone Redis answers there; returns the name that this run of the server gave itself.
 * Errors say what to do and never hold the password.
 */
export async function attachRedis(url: string): Promise<string> {
  const shownUrl = maskUrl(url);
  const information = parseInformation(
    await visit(shownUrl, url, async (redis) => {
      await redis.ping();
      return redis.info('server');
    }),
  );
  if (information.get('redis_mode') === 'cluster') {
    throw unavailable(`[${shownUrl}] is part of a Redis Cluster, which hands messages on by itself; give standalone servers`);
  }
  return information.get('run_id') ?? shownUrl;
}
