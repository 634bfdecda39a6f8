import * as v from 'valibot';

/** What only a model says of a run: figures over all places of a role with their errors, and how it came by them. */
const said = <S extends v.GenericSchema>(schema: S, words: string) => v.pipe(schema, v.description(words));
const figure = (words: string) => said(v.number(), words);

const spread = v.strictObject({
  mean: figure('of all places'),
  error: figure('how far a run may be from it'),
  most: figure('of the place with the most'),
  mostError: figure('how far a run may be from that, at that place'),
});

const byLetter = (words: string) => said(v.record(v.string(), v.number()), words);

const perNode = v.strictObject({
  fromClients: said(spread, 'messages taken from clients'),
  published: said(spread, 'messages put to brokers or other nodes'),
  received: said(spread, 'messages got from brokers or other nodes'),
  useful: said(spread, 'received, wanted by a socket there'),
  wasted: said(spread, 'received, wanted by no socket there'),
  deliveredToSockets: said(spread, 'writes to sockets'),
  asked: said(spread, 'questions put to places of a directory, each with its answer'),
});

const perBroker = v.strictObject({
  in: said(spread, 'messages taken in'),
  out: said(spread, 'messages handed out to nodes'),
  relayed: said(spread, 'messages handed on to other brokers'),
  asked: said(spread, 'questions answered as a place of a directory'),
  bytesIn: said(spread, "bytes of the frames taken in, without what the broker's protocol adds"),
  bytesOut: said(spread, 'bytes of the frames handed out'),
  carried: said(spread, 'deliveries that went through it, and are lost when it dies'),
});

const exponent = v.strictObject({
  role: said(v.picklist(['node', 'broker']), 'whose load; of several kinds of brokers the busiest'),
  against: said(
    v.picklist(['system', 'users', 'nodes', 'brokers']),
    'what grows, all else equal: the users and with them the traffic; the nodes; the brokers; `system`: all of them alike',
  ),
  slope: said(v.nullable(v.number()), 'the load grows as this power of it; null: there is no load'),
  error: said(v.nullable(v.number()), 'standard error of the slope; null: there is no load'),
  sizes: said(v.array(v.number()), 'of what grows'),
  loads: said(v.array(v.number()), 'messages and questions that one place handles per second, at each size'),
});

export const modelSchema = v.strictObject({
  manner: said(
    v.picklist(['all', 'placements', 'sample']),
    '`all`: every message was walked through; `placements`: likewise, with sockets wherever the transport may put them; `sample`: some like them',
  ),
  messages: said(v.number(), 'of the plan'),
  taken: said(v.number(), 'messages walked through'),
  perNode: said(perNode, 'load of one node over the whole run'),
  perBroker: said(v.record(v.string(), perBroker), 'load of one broker, by kind; `node`: of a node as a broker'),
  subscriptions: byLetter('addresses that one node listens at, by the first letter of the topics heard there'),
  subscriptionsPerBroker: figure('subscriptions of all nodes at one broker'),
  entries: byLetter('entries that one node tells places of a directory, one for each place, by the first letter of their topics'),
  entriesPerPlace: figure('entries that one place of the directory keeps; 0: there is none'),
  links: said(
    v.strictObject({
      perNode: figure('brokers and other nodes that one node must be connected to'),
      perBroker: figure('nodes that must be connected to one broker'),
      total: figure('pairs of a node and a broker, or of two nodes; Redis takes two connections for each'),
    }),
    'connections that the routing needs',
  ),
  exponents: said(v.array(exponent), 'how loads grow; empty: not asked for'),
  assumptions: said(v.array(v.string()), 'what was taken for granted'),
});

export type ModelRecord = v.InferOutput<typeof modelSchema>;
