import { type CounterNames, classicNames, countersIn } from '../redis/counters.js';
import { parseInformation } from '../redis/information.js';
import { visit } from '../redis/visit.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';
import { clusterInfo, relayedIn } from './view.js';

const shardedNames: CounterNames = {
  publish: 'spublish',
  channels: 'pubsubshard_channels',
  commands: ['spublish', 'ssubscribe', 'sunsubscribe', 'publish', 'ping', 'info'],
};

export function classicCounters(place: BrokerPlace): Promise<BrokerCounters> {
  return countersOf(place, classicNames, 'publish');
}

export function shardedCounters(place: BrokerPlace): Promise<BrokerCounters> {
  return countersOf(place, shardedNames, 'publishshard');
}

/**
 * The figures of one instance in its own words. INFO counts the publishes of clients alone; CLUSTER INFO counts the copies that went to other
 * instances and came from them. What was handed to listeners is counted nowhere.
 */
async function countersOf({ id, url }: BrokerPlace, names: CounterNames, kind: 'publish' | 'publishshard'): Promise<BrokerCounters> {
  const [info, cluster] = await visit(id, url, async (redis) => [await redis.info('all'), await clusterInfo(redis)] as const);
  const counters = countersIn(parseInformation(info), names);
  const { sent, received } = relayedIn(cluster, kind);
  const raw = { ...counters.raw, [`cluster_${kind}_sent`]: sent, [`cluster_${kind}_received`]: received };
  return { ...counters, relayed: sent, raw };
}
