import type { Compared } from './comparison.js';
import { hundredths, notKnown, threeDigits, whole } from './numbers.js';

/** A figure by which strategies are set beside each other: less is better. */
export interface ComparedFigure {
  readonly group: 'messages' | 'time';
  /** Short, for a terminal, and in full. */
  readonly head: string;
  readonly title: string;
  of(run: Compared): number | null;
  show(value: number | null): string;
  /** Where the best have none of it, no other is so many times as bad. */
  readonly factors?: false;
}

const threeDigitsOrNone = (value: number | null) => (value === null ? 'none' : threeDigits(value));
const megabytes = (bytes: number | null) => (bytes === null ? null : bytes / 1e6);

/** In the order in which they are shown. */
export const comparedFigures: readonly ComparedFigure[] = [
  { group: 'messages', head: 'ampl.', title: 'amplification', of: ({ amplification }) => amplification, show: hundredths },
  { group: 'messages', head: 'node most', title: 'busiest node, messages', of: ({ handledMost }) => handledMost.node, show: whole },
  { group: 'messages', head: 'broker most', title: 'busiest broker, messages', of: ({ handledMost }) => handledMost.broker, show: whole },
  { group: 'messages', head: 'subs', title: 'subscriptions of all nodes', of: ({ subscriptions }) => subscriptions, show: whole },
  { group: 'time', head: 'CPU node', title: 'CPU nodes, µs', of: ({ costUsPerDelivered }) => costUsPerDelivered.node, show: threeDigits },
  { group: 'time', head: 'broker', title: 'CPU brokers, µs', of: ({ costUsPerDelivered }) => costUsPerDelivered.broker, show: threeDigits },
  {
    group: 'time',
    head: 'generator',
    title: 'CPU generator, µs',
    of: ({ costUsPerDelivered }) => costUsPerDelivered.generator,
    show: threeDigits,
  },
  { group: 'time', head: 'p50', title: 'response p50, ms', of: ({ responseMs }) => responseMs.p50, show: threeDigits },
  { group: 'time', head: 'p99', title: 'response p99, ms', of: ({ responseMs }) => responseMs.p99, show: threeDigits },
  { group: 'time', head: 'MB node', title: 'largest node, MB', of: ({ memoryBytes }) => megabytes(memoryBytes.node), show: threeDigits },
  { group: 'time', head: 'broker', title: 'largest broker, MB', of: ({ memoryBytes }) => megabytes(memoryBytes.broker), show: threeDigits },
  {
    group: 'time',
    head: 'join',
    title: 'join window, ms',
    of: ({ joinWindowMsMax }) => joinWindowMsMax,
    show: threeDigitsOrNone,
    factors: false,
  },
];

/** How a figure is said of each strategy: with its factor to the best of those that did not fail and have any of it. */
export function besideBest({ of, show, factors }: ComparedFigure, runs: readonly Compared[]): (value: number | null) => string {
  if (factors === false) return show;
  const known = runs.filter(({ status }) => status !== 'fail').flatMap((run) => of(run) ?? []);
  const best = Math.min(...known.filter((value) => value > 0));
  return (value) => (value === null || value === 0 || best === Infinity ? show(value) : `${show(value)} ${factorInWords(value / best)}`);
}

/** `×1`, `×1.3`, `×27`; where one is not known, nor is how often it is the other. */
export function factorInWords(factor: number | null): string {
  return factor === null ? notKnown : `×${factorDigits.format(factor)}`;
}

const factorDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, minimumFractionDigits: 0 });
