import * as v from 'valibot';
import { count, figure, maybe, messages, perKind, said } from './recordFields.js';

/** What is known of every place that messages pass, nodes and brokers: part of the result. */
const traffic = said(
  v.strictObject({
    in: messages('messages that nodes put to this broker'),
    out: messages('messages that nodes got from it'),
  }),
  'traffic of one kind, by the direction of the broker',
);

const kindCounters = said(
  v.strictObject({
    fromClients: messages('messages taken from clients'),
    published: messages('messages put to brokers (to itself: 0)'),
    received: messages('messages got from brokers'),
    useful: messages('received, wanted by a socket here'),
    wasted: messages('received, wanted by no socket here'),
    deliveredToSockets: messages('writes to sockets'),
  }),
  'traffic of one kind',
);

const throughBrokers = said(
  v.strictObject({
    in: messages('messages put to brokers: published'),
    out: messages('messages got from brokers: received'),
  }),
  'traffic of one kind, by the direction of the brokers',
);

const raw = maybe(v.record(v.string(), v.union([v.string(), v.number()])), 'the counters at one snapshot, by name; null: not taken');

export const nodeSchema = v.strictObject({
  id: said(v.string(), 'name in the topology'),
  kinds: said(perKind(kindCounters), 'counted by the node between start and drained, by what the traffic is for'),
  throughBrokers: said(perKind(throughBrokers), 'the same traffic, counted by the node a second time: broker by broker, here added up'),
  subscribes: count('subscriptions asked for between start and drained'),
  unsubscribes: count('subscriptions left between start and drained'),
  subscriptions: said(
    v.record(v.string(), v.number()),
    'addresses listened at when drained, by the first letter of the topics heard there',
  ),
  entries: said(
    v.record(v.string(), v.number()),
    'entries that places of directories were told by this node when drained, one for each place, by the first letter of their topics',
  ),
  connections: count('sockets when drained'),
  junk: count('things received from brokers that were no message of this run'),
  refused: said(v.record(v.string(), v.number()), 'events of clients that were refused, by reason'),
  slowReadersCut: count('sockets disconnected because they did not read'),
  joinWindowMsMax: figure(
    'longest time from joining a room to the broker confirming it, ms, since the start of the node; null: whoever joins waits',
  ),
  cpuUs: figure('CPU between start and drained, microseconds'),
  memoryBytes: figure('resident memory when drained'),
  eventLoopDelayMsP99: figure('99th percentile of the event loop delay, ms'),
});

export const brokerSchema = v.strictObject({
  id: said(v.string(), 'name in the topology; of a node where nodes speak to each other'),
  kind: said(v.string(), 'the transport that speaks to it: `redis`, ...; `node`: it is a chat node'),
  embedded: said(v.boolean(), 'true: the small broker of this project, whose latency and throughput are not those of Redis'),
  origin: maybe(v.picklist(['attached', 'spawned', 'embedded']), 'how it came to be; null: no process ran'),
  in: figure(
    'messages taken in between start and drained, in its own words (Redis: publish calls of INFO commandstats); where messages share `commands`, which alone it counts, in the words of the nodes',
  ),
  out: figure(
    'messages handed out between start and drained, in its own words (Redis: sum of the replies to PUBLISH, of each message that to the command it was in)',
  ),
  commands: v.optional(
    said(
      v.strictObject({
        put: figure('commands that nodes put to it, in their words'),
        taken: figure('commands taken in, in its own words (Redis: publish calls of INFO commandstats)'),
        answered: figure('sum of its answers to them: to how many connections it handed each, in its own words'),
        got: figure('commands that nodes got from it, in their words, whatever number of messages each held'),
      }),
      'where messages for one channel share commands; missing where each message has one of its own',
    ),
  ),
  relayed: figure('messages handed on to other brokers, in its own words'),
  heartbeats: v.optional(
    said(
      v.strictObject({ in: figure('taken in'), out: figure('handed out') }),
      'of `in` and `out`, what came by the clock, in its own words: kind `control` by those of the nodes, and not in the amplification; absent: nothing does',
    ),
  ),
  hops: figure(
    'messages that came straight from another node, in its own words, each counted in `in` and, as handed to its own sockets, in `out`; of a broker that is no node 0',
  ),
  kinds: said(perKind(traffic), 'counted by the nodes between start and drained, by what the traffic is for'),
  channels: figure('channels subscribed to when drained; of a node null, it has none'),
  bytesIn: figure('bytes read from the network between start and drained'),
  bytesOut: figure('bytes written to the network between start and drained'),
  cpuUs: figure('CPU between start and drained, microseconds; of a node null, it stands under `nodes`'),
  memoryBytes: figure('memory used when drained; of a node null, it stands under `nodes`'),
  raw: said(v.strictObject({ attached: raw, start: raw, drained: raw, end: raw }), "the broker's own counters as read at each snapshot"),
});
