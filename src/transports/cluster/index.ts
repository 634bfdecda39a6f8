import { clientSettings } from '../redis/settings.js';
import type { TransportKind } from '../types.js';
import { classicCounters, shardedCounters } from './counters.js';
import { missing, startCluster } from './start.js';
import { openClassic, openSharded } from './transport.js';

/**
 * Classic Pub/Sub on a Redis Cluster. Order: one connection to the instance and one from each instance to each other. A receipt counts
 * the listeners at one instance, so 0 is not "nobody". A subscription needs no word to the other instances: they copy everything.
 */
export const redisCluster: TransportKind = {
  kind: 'redis-cluster',
  facts: { orderKept: true, receiptMeaningful: false, subscribeConfirmed: true },
  silent: {
    out: 'an instance answers a publish with the number of its own listeners, and counts nowhere how often it handed out what others relayed to it',
  },
  settings: clientSettings,
  missing,
  start: startCluster,
  open: openClassic,
  counters: classicCounters,
};

/** Sharded Pub/Sub on a Redis Cluster of primaries alone: where nothing is relayed to replicas, a receipt counts all listeners. */
export const redisSharded: TransportKind = {
  kind: 'redis-sharded',
  facts: { orderKept: true, receiptMeaningful: true, subscribeConfirmed: true },
  settings: clientSettings,
  missing,
  start: startCluster,
  open: openSharded,
  counters: shardedCounters,
};
