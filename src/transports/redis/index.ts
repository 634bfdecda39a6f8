import type { TransportKind } from '../types.js';
import { attachRedis } from './attach.js';
import { counters } from './counters.js';
import { clientSettings } from './settings.js';
import { start } from './start.js';
import { openRedis } from './transport.js';

export { findRedisServer } from './start.js';
export { maskUrl } from './url.js';

/** Classic Pub/Sub on standalone Redis servers. */
export const redis: TransportKind = {
  kind: 'redis',
  facts: { orderKept: true, receiptMeaningful: true, subscribeConfirmed: true },
  settings: clientSettings,
  missing: () => undefined,
  start: (brokers, launch) => Promise.all(brokers.map((broker) => start(broker, launch))),
  attach: attachRedis,
  open: openRedis,
  counters,
};
