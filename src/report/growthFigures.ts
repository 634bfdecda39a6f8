import { sum } from '../measure/accounting.js';
import type { Expected } from '../measure/expectedSchema.js';
import type { Result } from '../measure/result.js';
import type { InEveryLanguage, Language } from './language.js';
import { brokersApart, loadOf, quantile } from './loads.js';
import { type Figures, figuresIn } from './numbers.js';
import { handledByBrokers, mean, most, subscriptionsOf } from './perProcess.js';

/** A figure whose growth a sweep fits. */
interface Figure {
  /** Short, for a terminal, and in full. */
  readonly head: string;
  readonly title: string;
  readonly titles: InEveryLanguage<string>;
  of(result: Result): number | null;
  show(value: number | null, language?: Language): string;
}

const received = (result: Result) => result.nodes.map((node) => loadOf(node).received);
const shownBy =
  (how: keyof Pick<Figures, 'whole' | 'hundredths' | 'threeDigits'>) =>
  (value: number | null, language: Language = 'en') =>
    figuresIn(language)[how](value);
const [whole, ratio, threeDigits] = [shownBy('whole'), shownBy('hundredths'), shownBy('threeDigits')];
const megabytes = (bytes: number | null, language?: Language) => threeDigits(bytes === null ? null : bytes / 1e6, language);

/** In the order in which they are shown. */
export const growthFigures = {
  receivedPerNode: {
    head: 'got/node',
    title: 'messages received per node',
    titles: { en: 'messages received per node', ru: 'получено сообщений на узел' },
    of: (result) => mean(received(result)),
    show: whole,
  },
  receivedMost: {
    head: 'most',
    title: 'messages received by the busiest node',
    titles: { en: 'messages received by the busiest node', ru: 'получено самым занятым узлом' },
    of: (result) => most(received(result)),
    show: whole,
  },
  receivedByAll: {
    head: 'got/all',
    title: 'messages received by all nodes together',
    titles: { en: 'messages received by all nodes together', ru: 'получено всеми узлами вместе' },
    of: (result) => sum(received(result)),
    show: whole,
  },
  handledPerBroker: {
    head: 'broker',
    title: 'messages in, out and relayed per broker',
    titles: { en: 'messages in, out and relayed per broker', ru: 'принято, роздано и передано на брокер' },
    of: (result) => mean(handledByBrokers(result)),
    show: whole,
  },
  handledMost: {
    head: 'most',
    title: 'messages in, out and relayed of the busiest broker',
    titles: { en: 'messages in, out and relayed of the busiest broker', ru: 'принято, роздано и передано самым занятым брокером' },
    of: (result) => most(handledByBrokers(result)),
    show: whole,
  },
  subscriptionsPerNode: {
    head: 'subs/node',
    title: 'subscriptions per node',
    titles: { en: 'subscriptions per node', ru: 'подписок на узел' },
    of: (result) => subscriptionsOf(result) / result.nodes.length,
    show: whole,
  },
  amplification: {
    head: 'ampl.',
    title: 'amplification',
    titles: { en: 'amplification', ru: 'усиление' },
    of: ({ amplification }) => amplification,
    show: ratio,
  },
  nodeUsPerDelivered: {
    head: 'CPU node',
    title: 'CPU of all nodes per delivered message, µs',
    titles: { en: 'CPU of all nodes per delivered message, µs', ru: 'ЦП всех узлов на доставленное сообщение, мкс' },
    of: ({ costUsPerDelivered }) => costUsPerDelivered.node,
    show: threeDigits,
  },
  brokerUsPerDelivered: {
    head: 'broker',
    title: 'CPU of all brokers per delivered message, µs',
    titles: { en: 'CPU of all brokers per delivered message, µs', ru: 'ЦП всех брокеров на доставленное сообщение, мкс' },
    of: ({ costUsPerDelivered }) => costUsPerDelivered.broker,
    show: threeDigits,
  },
  responseMsP99: {
    head: 'p99',
    title: 'response p99, ms',
    titles: { en: 'response p99, ms', ru: 'отклик p99, мс' },
    of: ({ latencyMs }) => quantile(latencyMs.response.all, 0.99),
    show: threeDigits,
  },
  memoryBytesPerNode: {
    head: 'MB/node',
    title: 'memory per node, MB',
    titles: { en: 'memory per node, MB', ru: 'память на узел, МБ' },
    of: ({ nodes }) => mean(nodes.map(({ memoryBytes }) => memoryBytes)),
    show: megabytes,
  },
  memoryBytesPerBroker: {
    head: 'broker',
    title: 'memory per broker, MB',
    titles: { en: 'memory per broker, MB', ru: 'память на брокер, МБ' },
    of: (result) => mean(brokersApart(result).map(({ memoryBytes }) => memoryBytes)),
    show: megabytes,
  },
} as const satisfies Readonly<Record<string, Figure>>;

/** What the model says of a figure of messages; null where it says nothing, as of CPU and time. */
const modelled: Partial<
  Record<keyof typeof growthFigures, (expected: Expected, apart: readonly Expected['brokers'][number][]) => number | null>
> = {
  receivedPerNode: ({ nodes }) => mean(nodes.map((node) => node.received)),
  receivedMost: ({ nodes }) => most(nodes.map((node) => node.received)),
  receivedByAll: ({ nodes }) => sum(nodes.map((node) => node.received)),
  handledPerBroker: (_, apart) => mean(apart.map(handledBy)),
  handledMost: (_, apart) => most(apart.map(handledBy)),
  subscriptionsPerNode: ({ nodes }) => mean(nodes.map(({ subscriptions }) => subscriptions)),
  amplification: ({ amplification }) => amplification,
};

function handledBy({ in: taken, out, relayed }: Expected['brokers'][number]): number | null {
  return taken === null || out === null ? null : taken + out + (relayed ?? 0);
}

/** The figures of the model of a run, where the run has one. */
export function modelledFiguresOf({
  expected,
  plan,
}: Pick<Result, 'expected' | 'plan'>): Record<keyof typeof growthFigures, number | null> | null {
  if (expected === undefined) return null;
  const apart = expected.brokers.filter(({ id }) => !plan.topology.nodes.includes(id));
  const found = growthFigureNames.map((name) => [name, modelled[name]?.(expected, apart) ?? null] as const);
  return Object.fromEntries(found) as Record<keyof typeof growthFigures, number | null>;
}

export const growthFigureNames = Object.keys(growthFigures) as (keyof typeof growthFigures)[];

export function growthFiguresOf(result: Result): Record<keyof typeof growthFigures, number | null> {
  const found = growthFigureNames.map((name) => [name, growthFigures[name].of(result)] as const);
  return Object.fromEntries(found) as Record<keyof typeof growthFigures, number | null>;
}

/** `−1.00 ± 0.01`; without an error where nothing says how good the fit is. */
export function exponentInWords(exponent: number | null, error: number | null, language: Language = 'en'): string {
  const { hundredths } = figuresIn(language);
  if (exponent === null) return hundredths(null);
  const words = hundredths(Math.round(exponent * 100) / 100 + 0).replace('-', '−');
  return error === null ? words : `${words} ±${hundredths(error)}`;
}
