import { BenchError } from '../../error.js';
import { counters } from '../hub/counters.js';
import { linkSettings } from '../hub/settings.js';
import type { TransportKind } from '../types.js';
import { openNode } from './transport.js';

/** Chat nodes that speak to each other directly: each is a broker that has the name of the node. */
export const node: TransportKind = {
  kind: 'node',
  insideNodes: true,
  facts: { orderKept: true, receiptMeaningful: true, subscribeConfirmed: true },
  settings: linkSettings,
  missing: () => undefined,
  start: async (brokers) => {
    if (brokers.length === 0) return [];
    throw new BenchError(
      'bug',
      `[${brokers[0]?.id}] is a chat node, and those are started as such; does the strategy list a broker of kind node?`,
    );
  },
  open: openNode,
  counters,
};
