import type { TransportKind } from '../types.js';
import { counters } from './counters.js';
import { start } from './start.js';
import { openRedis } from './transport.js';

export { type Attached, attachRedis } from './attach.js';
export { clientSettings } from './settings.js';
export { findRedisServer } from './start.js';
export { maskUrl } from './url.js';

/** Classic Pub/Sub on standalone Redis servers. */
export const redis: TransportKind = {
  kind: 'redis',
  facts: { orderKept: true, receiptMeaningful: true },
  start,
  open: openRedis,
  counters,
};
