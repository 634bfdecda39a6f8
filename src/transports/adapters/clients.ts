import { createClient, type RedisClientType } from 'redis';
import { unavailable, wordsOf } from '../../error.js';
import { connectFailure } from '../redis/failure.js';
import { maskUrl, parseRedisUrl } from '../redis/url.js';
import { connectionTimes, retryDelayMs } from '../times.js';
import type { BrokerPlace, LocalNode } from '../types.js';
import { within } from '../within.js';

const { connectTimeoutMs, answerTimeoutMs, retryFirstMs, retryLongestMs } = connectionTimes;
export const clientTimes = { connectTimeoutMs, answerTimeoutMs, retryFirstMs, retryLongestMs } as const;

/** How long the other nodes may take to say who is in a room. */
export const answersWithinMs = 1_000;

/** The clients are node-redis 5, the fastest that the adapters take; beside these its settings are the defaults. */
export const clientSettings = { client: 'node-redis', protocol: 2, offlineQueueToPublish: false, answersWithinMs, ...clientTimes } as const;

export type RedisClient = RedisClientType;
export type Listener = (message: Buffer, channel: Buffer) => unknown;

/** A publish is not kept for later: it is taken, rejected or unknown. What is subscribed to while the connection is gone, is when it is back. */
export function newClient({ url }: BrokerPlace, role: 'publish' | 'subscribe'): RedisClient {
  parseRedisUrl(url);
  const reconnectStrategy = (retries: number) => retryDelayMs(retries, clientTimes);
  const socket = { connectTimeout: connectTimeoutMs, reconnectStrategy };
  return createClient({ url, RESP: 2, disableOfflineQueue: role === 'publish', socket });
}

/** Resolves when all are connected; rejects, with none left open, when one is not in time. */
export async function connect({ id, url }: BrokerPlace, clients: readonly RedisClient[]): Promise<void> {
  let reason: unknown;
  for (const client of clients) {
    client.on('error', (error: unknown) => {
      reason = error;
    });
  }
  const late = () => {
    if (reason !== undefined) return connectFailure(id, url, wordsOf(reason));
    return unavailable(`[${id}] did not answer within ${connectTimeoutMs / 1000} s; is ${maskUrl(url)} a Redis?`);
  };
  try {
    await within(connectTimeoutMs, Promise.all(clients.map((client) => client.connect())), late);
  } catch (error) {
    destroy(clients);
    throw error;
  }
}

/** Tells the node when one of the connections broke, and when all are back: node-redis reconnects and subscribes again by itself. */
export function tellBreaks({ id }: BrokerPlace, clients: readonly RedisClient[], node: LocalNode): void {
  const broken = new Set<RedisClient>();
  for (const client of clients) {
    client.on('reconnecting', () => {
      if (broken.has(client)) return;
      broken.add(client);
      node.lost(id);
    });
    client.on('ready', () => {
      if (broken.delete(client) && broken.size === 0) node.reconnected(id);
    });
  }
}

export function destroy(clients: readonly RedisClient[]): void {
  for (const client of clients) if (client.isOpen) client.destroy();
}
