import * as v from 'valibot';
import { count, figure, said } from './recordFields.js';

/** What may happen to a followed message, in about the order in which it does. */
export const hopNames = [
  'intended',
  'sent',
  'taken',
  'asked',
  'questioned',
  'replied',
  'learned',
  'published',
  'refused',
  'accepted',
  'received',
  'dropped',
  'written',
  'delivered',
  'acknowledged',
] as const;
export type HopName = (typeof hopNames)[number];

const optional = <S extends v.GenericSchema>(schema: S, words: string) => v.optional(said(schema, words));

const hop = v.strictObject({
  ms: said(v.number(), 'since the message was intended, by the clock of the coordinator'),
  at: said(v.string(), 'the place that saw it: a client, a node; by its own clock'),
  what: said(
    v.picklist(hopNames),
    '`asked`, `questioned`, `replied`, `learned`: a directory; `accepted`: a broker answered to a publish; `dropped`: it came and nothing followed; `written`: handed to the connection of a socket',
  ),
  from: optional(v.string(), 'the place it came from'),
  to: optional(v.string(), 'the place it went to'),
  channel: optional(v.string(), 'at the broker; of several hops in one, of the first'),
  carries: optional(v.picklist(['message', 'question', 'answer']), 'what travelled: of a presence question and its answers'),
  copies: optional(v.pipe(v.number(), v.integer(), v.minValue(2)), 'hops that are alike but for time and channel, shown as one'),
  lastMs: optional(v.number(), 'when the last of them happened'),
  count: optional(
    v.pipe(v.number(), v.integer(), v.minValue(0)),
    '`accepted`: receivers, in the word of the broker; `asked`: topics; `learned`: entries; `written`: sockets',
  ),
  message: optional(v.string(), 'id of the message that nodes passed on'),
  outcome: optional(v.string(), '`acknowledged`: what the sender was told'),
});

const place = v.strictObject({
  id: said(v.string(), 'name in the hops'),
  role: said(v.picklist(['client', 'node', 'broker']), 'what it is'),
  node: optional(v.string(), 'of a client: the node it is connected to'),
  sockets: optional(v.pipe(v.number(), v.integer(), v.minValue(2)), 'of several clients in one place: how many sockets got it'),
});

/** One message, followed: what every process saw of it. */
export const traceSchema = v.strictObject({
  kind: said(v.picklist(['message', 'post', 'presence']), 'to a user, to a room, or a question whether a user is online'),
  from: said(v.string(), 'the user who sends'),
  to: said(v.string(), 'the user or room'),
  clockErrorMs: figure('how far two of the clocks may have been apart at most; 0: there was one'),
  places: said(v.array(place), 'where it passed: the sender, then nodes and brokers, then recipients'),
  hops: said(v.array(hop), 'what happened, each after what led to it'),
  leftOut: said(
    v.strictObject({ places: count('places beyond those that a picture can show'), hops: count('hops there') }),
    'of a message that passes many',
  ),
  unknown: said(v.array(v.string()), 'what nobody saw, and why'),
});

export type Trace = v.InferOutput<typeof traceSchema>;
export type Hop = Trace['hops'][number];
export type TracePlace = Trace['places'][number];
export type TraceKind = Trace['kind'];

/** A hop as a process reports it: by its own clock, corrected or not. Sockets go by their names (`u7/0`). */
export type SeenHop = Omit<Hop, 'ms' | 'copies' | 'lastMs'> & { readonly atMs: number };
