import { unavailable } from '../../error.js';
import { type Information, parseInformation } from './information.js';
import { maskUrl } from './url.js';
import { visit } from './visit.js';

/** A Redis that was running before bench, which only publishes, subscribes and reads counters there. */
export interface Attached {
  /** Without the password. */
  readonly shownUrl: string;
  /** `redis 7.0.15`, `valkey 8.1.0`, ... */
  readonly version: string;
  readonly embedded: boolean;
}

/** Checks the URL and that a standalone Redis answers there. Errors say what to do and never hold the password. */
export async function attachRedis(url: string): Promise<Attached> {
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
  return { shownUrl, version: versionIn(information), embedded: information.get('bench_embedded') === '1' };
}

/** Valkey says under `redis_version` which Redis it is compatible with. */
function versionIn(information: Information): string {
  const valkey = information.get('valkey_version');
  return valkey === undefined ? `redis ${information.get('redis_version') ?? '(unknown version)'}` : `valkey ${valkey}`;
}
