import * as v from 'valibot';
import { said } from './recordFields.js';

const counts = (words: string) => said(v.array(v.number()), `${words}, step by step`);
const figures = (words: string) => said(v.array(v.nullable(v.number())), `${words}, step by step; null: nobody knows`);

/** How a run went, in steps of equal length since the load began: at most a few hundred, however long it was. */
export const timelineSchema = v.strictObject({
  stepSeconds: said(v.number(), 'length of a step'),
  sent: counts('messages sent'),
  delivered: counts('first copies that arrived'),
  responseMsP50: figures('median of received - intended of those'),
  responseMsP99: figures('99th percentile of the same'),
  nodes: said(
    v.strictObject({
      connections: figures('sockets of all nodes'),
      subscriptions: figures('addresses that all nodes listen at'),
      memoryBytesMean: figures('resident memory, mean of the nodes'),
      memoryBytesMost: figures('resident memory of the largest node'),
    }),
    'as they said themselves once in a step; empty where nobody asked them',
  ),
  marks: said(
    v.array(
      v.strictObject({
        atSeconds: said(v.number(), 'since the load began'),
        words: said(v.string(), 'what happened'),
      }),
    ),
    'processes that ended before they were asked to',
  ),
});

export type Timeline = v.InferOutput<typeof timelineSchema>;
