import { openLinks } from '../linked.js';
import { connectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, Transport, TransportKind, TransportSettings } from '../types.js';
import { natsCounters } from './counters.js';
import { NatsLink } from './link.js';
import { natsSettings } from './settings.js';
import { missingNats, startNats } from './start.js';

/** Core NATS, a subject per channel. */
export const nats: TransportKind = {
  kind: 'nats',
  facts: { orderKept: true, receiptMeaningful: 'zero', subscribeConfirmed: true },
  settings: natsSettings,
  missing: missingNats,
  start: (brokers, launch) => Promise.all(brokers.map(({ id }) => startNats(id, launch))),
  open: openNats,
  counters: natsCounters,
};

export function openNats(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times = connectionTimes,
): Promise<Transport> {
  return openLinks(new Map(places.map((place) => [place.id, new NatsLink(node, place, settings, times)])), settings.frameKey);
}
