import type { Compared } from './comparison.js';
import type { InEveryLanguage, Language } from './language.js';
import { type Figures, figuresIn, notKnown } from './numbers.js';

/** A figure by which strategies are set beside each other: less is better. */
export interface ComparedFigure {
  readonly group: 'messages' | 'time';
  /** Short, for a terminal, and in full. */
  readonly head: string;
  readonly title: string;
  readonly titles: InEveryLanguage<string>;
  of(run: Compared): number | null;
  show(value: number | null, language?: Language): string;
  /** Where the best have none of it, no other is so many times as bad. */
  readonly factors?: false;
}

type Shown = (value: number | null, language?: Language) => string;

const shownBy =
  (how: keyof Pick<Figures, 'whole' | 'hundredths' | 'threeDigits'>): Shown =>
  (value, language = 'en') =>
    figuresIn(language)[how](value);
const [whole, hundredths, threeDigits] = [shownBy('whole'), shownBy('hundredths'), shownBy('threeDigits')];
const none: InEveryLanguage<string> = { en: 'none', ru: 'нет' };
const threeDigitsOrNone: Shown = (value, language = 'en') => (value === null ? none[language] : threeDigits(value, language));
const megabytes = (bytes: number | null) => (bytes === null ? null : bytes / 1e6);

/** In the order in which they are shown. */
export const comparedFigures: readonly ComparedFigure[] = [
  {
    group: 'messages',
    head: 'ampl.',
    title: 'amplification',
    titles: { en: 'amplification', ru: 'усиление' },
    of: ({ amplification }) => amplification,
    show: hundredths,
  },
  {
    group: 'messages',
    head: 'node most',
    title: 'busiest node, messages',
    titles: { en: 'busiest node, messages', ru: 'самый занятый узел, сообщений' },
    of: ({ handledMost }) => handledMost.node,
    show: whole,
  },
  {
    group: 'messages',
    head: 'wasted',
    title: 'received in vain, %',
    titles: { en: 'received in vain, %', ru: 'получено впустую, %' },
    of: ({ wastedShare }) => (wastedShare === undefined || wastedShare === null ? null : 100 * wastedShare),
    show: threeDigits,
    factors: false,
  },
  {
    group: 'messages',
    head: 'broker most',
    title: 'busiest broker, messages',
    titles: { en: 'busiest broker, messages', ru: 'самый занятый брокер, сообщений' },
    of: ({ handledMost }) => handledMost.broker,
    show: whole,
  },
  {
    group: 'messages',
    head: 'subs',
    title: 'subscriptions of all nodes',
    titles: { en: 'subscriptions of all nodes', ru: 'подписки всех узлов' },
    of: ({ subscriptions }) => subscriptions,
    show: whole,
  },
  {
    group: 'time',
    head: 'CPU node',
    title: 'CPU nodes, µs',
    titles: { en: 'CPU nodes, µs', ru: 'ЦП узлов, мкс' },
    of: ({ costUsPerDelivered }) => costUsPerDelivered.node,
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'broker',
    title: 'CPU brokers, µs',
    titles: { en: 'CPU brokers, µs', ru: 'ЦП брокеров, мкс' },
    of: ({ costUsPerDelivered }) => costUsPerDelivered.broker,
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'generator',
    title: 'CPU generator, µs',
    titles: { en: 'CPU generator, µs', ru: 'ЦП генератора, мкс' },
    of: ({ costUsPerDelivered }) => costUsPerDelivered.generator,
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'p50',
    title: 'response p50, ms',
    titles: { en: 'response p50, ms', ru: 'отклик p50, мс' },
    of: ({ responseMs }) => responseMs.p50,
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'p99',
    title: 'response p99, ms',
    titles: { en: 'response p99, ms', ru: 'отклик p99, мс' },
    of: ({ responseMs }) => responseMs.p99,
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'MB node',
    title: 'largest node, MB',
    titles: { en: 'largest node, MB', ru: 'наибольший узел, МБ' },
    of: ({ memoryBytes }) => megabytes(memoryBytes.node),
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'broker',
    title: 'largest broker, MB',
    titles: { en: 'largest broker, MB', ru: 'наибольший брокер, МБ' },
    of: ({ memoryBytes }) => megabytes(memoryBytes.broker),
    show: threeDigits,
  },
  {
    group: 'time',
    head: 'join',
    title: 'join window, ms',
    titles: { en: 'join window, ms', ru: 'окно входа, мс' },
    of: ({ joinWindowMsMax }) => joinWindowMsMax,
    show: threeDigitsOrNone,
    factors: false,
  },
];

/** How a figure is said of each strategy: with its factor to the best of those that did not fail and have any of it. */
export function besideBest(figure: ComparedFigure, runs: readonly Compared[], language: Language = 'en'): (value: number | null) => string {
  const factorOf = factorToBest(figure, runs);
  return (value) => {
    const factor = factorOf(value);
    const shown = figure.show(value, language);
    return factor === null ? shown : `${shown} ${factorInWords(factor, language)}`;
  };
}

/** How often a value is that of the best which did not fail and has any of it; null where that says nothing. */
export function factorToBest({ of, factors }: ComparedFigure, runs: readonly Compared[]): (value: number | null) => number | null {
  const known = runs.filter(({ status }) => status !== 'fail').flatMap((run) => of(run) ?? []);
  const best = factors === false ? Infinity : Math.min(...known.filter((value) => value > 0));
  return (value) => (value === null || value === 0 || best === Infinity ? null : value / best);
}

/** `×1`, `×1.3`, `×27`; where one is not known, nor is how often it is the other. */
export function factorInWords(factor: number | null, language: Language = 'en'): string {
  return factor === null ? notKnown : `×${factorDigits[language].format(factor)}`;
}

const digits = { maximumSignificantDigits: 2, minimumFractionDigits: 0 } as const;
const factorDigits: InEveryLanguage<Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en', digits),
  ru: new Intl.NumberFormat('ru', digits),
};
