import { unavailable } from '../../error.js';
import { attachRedis } from '../redis/attach.js';
import type { BrokerPlace, LocalNode, TransportKind, TransportSettings } from '../types.js';
import { classicSettings, wireClassic } from './classic.js';
import { clientSettings } from './clients.js';
import * as primary from './cluster/index.js';
import { clusterSettings } from './cluster/settings.js';
import { wireCluster } from './cluster/worker.js';
import { countersOf } from './counters.js';
import { shardedSettings, wireSharded } from './sharded.js';
import { missing, missingSharded, start } from './start.js';
import { streamsSettings, wireStreams } from './streams.js';
import { openAdapter } from './transport.js';
import type { Wire } from './wiring.js';

/** An adapter speaks to one broker. Messages keep the order of publishing. How many nodes took one says nothing of whether a user is there: mostly all of them do. */
const facts = { delivers: true, orderKept: true, receiptMeaningful: false, brokersMax: 1 } as const;

/** The classic Socket.IO adapter for Redis. */
export const classic: TransportKind = {
  kind: 'redis-adapter',
  facts: { ...facts, subscribeConfirmed: true },
  settings: { ...classicSettings, ...clientSettings },
  missing,
  start,
  attach: attachRedis,
  open: (node, places, settings) => open(node, places, settings, wireClassic),
  counters: countersOf(['publish']),
};

/** The one for Redis's sharded Pub/Sub, on one standalone Redis. */
export const sharded: TransportKind = {
  kind: 'redis-sharded-adapter',
  facts: { ...facts, subscribeConfirmed: false },
  settings: { ...shardedSettings, ...clientSettings },
  missing: missingSharded,
  start,
  attach: attachRedis,
  open: (node, places, settings) =>
    open(node, places, settings, (place, prefix, boundary) => wireSharded(place, prefix, boundary, settings.options ?? {})),
  counters: countersOf(['spublish']),
};

/** The one for Redis streams. It leaves its stream behind, so it is never put on a server that somebody else keeps. */
export const streams: TransportKind = {
  kind: 'redis-streams-adapter',
  facts: { ...facts, subscribeConfirmed: true },
  settings: { ...streamsSettings, ...clientSettings },
  silent: { out: 'XADD does not say how many will read an entry, and Redis does not count the entries that XREAD hands out' },
  missing,
  start,
  open: (node, places, settings) => open(node, places, settings, wireStreams),
  counters: countersOf(['xadd', 'publish']),
};

/** The one for the workers of a Node.js cluster. Its primary answers no publish; it counts what it hands on. */
export const nodeCluster: TransportKind = {
  kind: 'node-cluster',
  facts: { ...facts, subscribeConfirmed: true },
  settings: clusterSettings,
  missing: () => undefined,
  start: primary.start,
  fork: primary.fork,
  open: (node, places, settings) => open(node, places, settings, (place, _prefix, boundary) => wireCluster(place, boundary)),
  counters: primary.counters,
};

/** More brokers than `brokersMax` do not come here: the plan is checked for them. */
async function open(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings, wire: Wire) {
  const [place, ...others] = places;
  if (place === undefined || others.length > 0)
    throw unavailable(`[${node.id}] an official adapter runs on one broker, not on ${places.length}; the strategy lists too many`);
  return openAdapter(node, place, settings, wire);
}
