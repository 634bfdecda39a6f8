import { counters } from '../redis/counters.js';
import { callsIn, numberIn, parseInformation } from '../redis/information.js';
import { visit } from '../redis/visit.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';

/** A Redis under an adapter, in its own words: it took in whatever these commands brought it. */
export function countersOf(commands: readonly string[]): (place: BrokerPlace) => Promise<BrokerCounters> {
  return async (place) => {
    const counted = await counters(place);
    const information = parseInformation(await visit(place.id, place.url, (redis) => redis.info('all')));
    const calls = commands.map((command) => [`cmdstat_${command}`, callsIn(information, command)] as const);
    return {
      ...counted,
      in: calls.reduce((sum, [, count]) => sum + count, 0),
      channels:
        (counted.channels ?? 0) + (numberIn(information, 'pubsubshard_channels') ?? 0) + (numberIn(information, 'pubsub_patterns') ?? 0),
      raw: { ...counted.raw, ...Object.fromEntries(calls) },
    };
  };
}
