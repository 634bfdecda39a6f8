import { sum } from '../measure/accounting.js';
import type { Result } from '../measure/result.js';
import { brokersApart, loadOf, quantile } from './loads.js';
import { hundredths, threeDigits, whole } from './numbers.js';
import { handledByBrokers, mean, most, subscriptionsOf } from './perProcess.js';

/** A figure whose growth a sweep fits. */
interface Figure {
  /** Short, for a terminal, and in full. */
  readonly head: string;
  readonly title: string;
  of(result: Result): number | null;
  show(value: number | null): string;
}

const received = (result: Result) => result.nodes.map((node) => loadOf(node).received);
const megabytes = (bytes: number | null) => threeDigits(bytes === null ? null : bytes / 1e6);

/** In the order in which they are shown. */
export const growthFigures = {
  receivedPerNode: { head: 'got/node', title: 'messages received per node', of: (result) => mean(received(result)), show: whole },
  receivedMost: { head: 'most', title: 'messages received by the busiest node', of: (result) => most(received(result)), show: whole },
  receivedByAll: { head: 'got/all', title: 'messages received by all nodes together', of: (result) => sum(received(result)), show: whole },
  handledPerBroker: {
    head: 'broker',
    title: 'messages in, out and relayed per broker',
    of: (result) => mean(handledByBrokers(result)),
    show: whole,
  },
  handledMost: {
    head: 'most',
    title: 'messages in, out and relayed of the busiest broker',
    of: (result) => most(handledByBrokers(result)),
    show: whole,
  },
  subscriptionsPerNode: {
    head: 'subs/node',
    title: 'subscriptions per node',
    of: (result) => subscriptionsOf(result) / result.nodes.length,
    show: whole,
  },
  amplification: { head: 'ampl.', title: 'amplification', of: ({ amplification }) => amplification, show: hundredths },
  nodeUsPerDelivered: {
    head: 'CPU node',
    title: 'CPU of all nodes per delivered message, µs',
    of: ({ costUsPerDelivered }) => costUsPerDelivered.node,
    show: threeDigits,
  },
  brokerUsPerDelivered: {
    head: 'broker',
    title: 'CPU of all brokers per delivered message, µs',
    of: ({ costUsPerDelivered }) => costUsPerDelivered.broker,
    show: threeDigits,
  },
  responseMsP99: {
    head: 'p99',
    title: 'response p99, ms',
    of: ({ latencyMs }) => quantile(latencyMs.response.all, 0.99),
    show: threeDigits,
  },
  memoryBytesPerNode: {
    head: 'MB/node',
    title: 'memory per node, MB',
    of: ({ nodes }) => mean(nodes.map(({ memoryBytes }) => memoryBytes)),
    show: megabytes,
  },
  memoryBytesPerBroker: {
    head: 'broker',
    title: 'memory per broker, MB',
    of: (result) => mean(brokersApart(result).map(({ memoryBytes }) => memoryBytes)),
    show: megabytes,
  },
} as const satisfies Readonly<Record<string, Figure>>;

export const growthFigureNames = Object.keys(growthFigures) as (keyof typeof growthFigures)[];

export function growthFiguresOf(result: Result): Record<keyof typeof growthFigures, number | null> {
  const found = growthFigureNames.map((name) => [name, growthFigures[name].of(result)] as const);
  return Object.fromEntries(found) as Record<keyof typeof growthFigures, number | null>;
}

/** `−1.00 ± 0.01`; without an error where nothing says how good the fit is. */
export function exponentInWords(exponent: number | null, error: number | null): string {
  if (exponent === null) return hundredths(null);
  const words = hundredths(Math.round(exponent * 100) / 100 + 0).replace('-', '−');
  return error === null ? words : `${words} ±${hundredths(error)}`;
}
