import { openLinks } from '../linked.js';
import { type ConnectionTimes, connectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, Transport, TransportKind, TransportSettings } from '../types.js';
import { rabbitCounters } from './counters.js';
import { hashedExchanges, type Layout, oneExchange } from './layout.js';
import { RabbitLink } from './link.js';
import { missingPlugins, missingRabbit } from './programs.js';
import { rabbitSettings } from './settings.js';
import { startRabbit } from './start.js';

/** What all plugins of a kind are for: counters, and for one kind its exchange. */
const metrics = 'rabbitmq_prometheus';
const consistentHash = 'rabbitmq_consistent_hash_exchange';

/** One exchange, a queue for each node, bound for each channel. */
export const rabbitmq: TransportKind = kindOf('rabbitmq', oneExchange, [metrics]);

/** A consistent-hash exchange in front of direct ones. */
export const rabbitmqHash: TransportKind = kindOf('rabbitmq-hash', hashedExchanges, [metrics, consistentHash]);

function kindOf(kind: string, layout: Layout, plugins: readonly string[]): TransportKind {
  return {
    kind,
    facts: { orderKept: true, receiptMeaningful: 'zero', subscribeConfirmed: true },
    settings: rabbitSettings,
    exchanges: { type: layout.type, behind: (channel) => layout.spot(channel).exchange },
    missing: () => missingRabbit() ?? missingPlugins(plugins),
    start: (brokers, launch) => Promise.all(brokers.map(({ id }) => startRabbit(id, launch, plugins))),
    open: (node, places, settings) => openRabbit(layout, node, places, settings),
    counters: rabbitCounters,
  };
}

export function openRabbit(
  layout: Layout,
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: ConnectionTimes = connectionTimes,
): Promise<Transport> {
  const links = places.map((place) => [place.id, new RabbitLink(node, place, settings, layout, times)] as const);
  return openLinks(new Map(links), settings.frameKey);
}
