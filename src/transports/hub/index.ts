import type { TransportKind } from '../types.js';
import { counters } from './counters.js';
import { linkSettings } from './settings.js';
import { startHub } from './start.js';
import { openHub } from './transport.js';

/** The home-made program in the middle: a bus with channels, and a directory. */
export const hub: TransportKind = {
  kind: 'hub',
  facts: { orderKept: true, receiptMeaningful: true, subscribeConfirmed: true },
  settings: linkSettings,
  missing: () => undefined,
  start: (brokers, launch) => Promise.all(brokers.map(({ id }) => startHub(id, launch))),
  open: openHub,
  counters,
};
