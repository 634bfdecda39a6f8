import * as v from 'valibot';
import { figure, messages, said } from './recordFields.js';

/** What the model of a plan says that a run of it must show: all kinds of traffic together, as small as can be held against a run. */
export const expectedSchema = v.strictObject({
  exact: said(
    v.boolean(),
    'true: to the message; false: from a sample of topics, or where a transport places sockets from some of the ways in which they may be placed',
  ),
  amplification: figure('as of the result itself'),
  nodes: said(
    v.array(
      v.strictObject({
        id: said(v.string(), 'name in the topology'),
        published: messages('messages put to brokers'),
        received: messages('messages got from brokers'),
        wasted: messages('received, wanted by no socket there'),
        deliveredToSockets: messages('writes to sockets'),
        subscriptions: messages('addresses listened at'),
      }),
    ),
    'every node',
  ),
  brokers: said(
    v.array(
      v.strictObject({
        id: said(v.string(), 'name in the topology'),
        in: figure('messages taken in'),
        out: figure('messages handed out'),
        relayed: figure('messages handed on to other brokers'),
      }),
    ),
    'every broker, and every node where nodes speak to each other',
  ),
});

export type Expected = v.InferOutput<typeof expectedSchema>;
