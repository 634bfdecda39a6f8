import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { sum } from '../measure/accounting.js';
import type { Result } from '../measure/result.js';
import { besideHops } from '../measure/traffic.js';
import { chartsWords } from './chartsWords.js';
import { brokerWord, caveats, rateInWords, sizesInWords } from './describe.js';
import type { Language } from './language.js';
import { legendOf } from './legend.js';
import { hasRelays, loadOf } from './loads.js';
import { spreadOf, spreadWords } from './spread.js';

/** Plain data without functions: the same object draws in the browser and on the server. Text colours, fonts, and where titles and legend stand, are the drawer's. */
export type BarChart = ChartConfiguration<'bar', Bar[], string | string[]>;

/** The height of a bar, or where a mark begins and ends. */
export type Bar = number | [number, number] | null;

/** The same of lines over a number. */
export type LineChart = ChartConfiguration<'line', { x: number; y: number }[], string>;

/** Okabe and Ito's palette, told apart with every common colour blindness. https://jfly.uni-koeln.de/color/ */
export const palette = {
  blue: '#0072B2',
  sky: '#56B4E9',
  green: '#009E73',
  orange: '#E69F00',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

interface Series {
  readonly label: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  /** Series of one stack stand on each other. */
  readonly stack?: string;
}

/** What every node put to brokers, got from them, and wrote to sockets. What it got is cut into useful and wasted: the waste is the story. */
export function nodesChart(result: Result, language: Language = 'en'): BarChart {
  const words = chartsWords[language];
  const all = result.nodes.map((node) => ({ id: node.id, ...loadOf(node) }));
  const shown = spreadOf(all, (load) => load.published + load.received + load.deliveredToSockets, language);
  const loads = shown.map(({ item }) => item);
  const series: readonly Series[] = [
    { label: words.published, colour: palette.blue, values: loads.map((load) => load.published), stack: 'published' },
    { label: words.useful, colour: palette.green, values: loads.map((load) => load.useful), stack: 'received' },
    { label: words.wasted, colour: palette.vermillion, values: loads.map((load) => load.wasted), stack: 'received' },
    { label: words.delivered, colour: palette.sky, values: loads.map((load) => load.deliveredToSockets), stack: 'delivered' },
  ];
  const expected = new Map(result.expected?.nodes.map((node) => [node.id, node]));
  const modelled = (figure: 'published' | 'received' | 'deliveredToSockets', stack: string): Marks => ({
    label: words.model,
    stack,
    values: loads.map(({ id }) => expected.get(id)?.[figure] ?? null),
  });
  return barChart({
    ...drawingOf(result, words.perNode, [all.length, words.nodes], language),
    labels: shown.map(({ label }) => label),
    series,
    marks: [modelled('published', 'published'), modelled('received', 'received'), modelled('deliveredToSockets', 'delivered')],
  });
}

/** What every broker took in, handed out and relayed, in its own words; what came to a node straight from another one is apart. */
export function brokersChart(result: Result, language: Language = 'en'): BarChart {
  const words = chartsWords[language];
  const shown = spreadOf(result.brokers, (broker) => (broker.in ?? 0) + (broker.out ?? 0) + (broker.relayed ?? 0), language);
  const brokers = shown.map(({ item }) => item);
  const hops = brokers.map((broker) => broker.hops);
  const series: readonly Series[] = [
    { label: words.in, colour: palette.blue, values: brokers.map((broker) => besideHops(broker, 'in')), stack: 'in' },
    { label: words.out, colour: palette.orange, values: brokers.map((broker) => besideHops(broker, 'out')), stack: 'out' },
    ...(hasRelays(result)
      ? [{ label: words.relayed, colour: palette.purple, values: brokers.map((broker) => broker.relayed), stack: 'relayed' }]
      : []),
    ...(hops.some((messages) => messages !== 0) ? [{ label: words.hops, colour: palette.green, values: hops, stack: 'hops' }] : []),
  ];
  const expected = new Map(result.expected?.brokers.map((broker) => [broker.id, broker]));
  const modelled = (stack: 'in' | 'out'): Marks => ({
    label: words.model,
    stack,
    values: brokers.map(({ id }) => expected.get(id)?.[stack] ?? null),
  });
  const what = brokers.length === 0 ? words.noBroker : words.perBroker(brokerWord(result, language));
  return barChart({
    ...drawingOf(result, what, [result.brokers.length, words.brokers], language),
    labels: shown.map(({ label }) => label),
    series,
    marks: [modelled('in'), modelled('out')],
  });
}

function drawingOf(result: Result, what: string, [items, ofThem]: readonly [number, string], language: Language) {
  return {
    language,
    title: `${what}: ${result.plan.strategy.name}`,
    subtitle: [
      sizesInWords(result, language),
      rateInWords(result, language),
      ...caveats(result, language),
      ...spreadWords(items, ofThem, language),
    ],
    unit: chartsWords[language].messages,
  };
}

/** Short lines across the bars of a stack, as high as something else says that they must be. */
interface Marks {
  readonly label: string;
  readonly stack: string;
  readonly values: readonly (number | null)[];
}

interface Drawing {
  readonly language?: Language;
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly unit: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly marks?: readonly Marks[];
}

/** Names that would not fit side by side lie beneath each other, and bars with them. */
export function barChart({ language = 'en', title, subtitle, unit, labels, series, marks = [] }: Drawing): BarChart {
  const stacked = series.some(({ stack }) => stack !== undefined);
  const [along, across] = areLong(labels) ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const length = { beginAtZero: true, suggestedMax: highestOf(series, marks) * 1.05, ticks: { maxTicksLimit: 7, maxRotation: 0 } };
  const datasets = [...series.filter(isKnown).map(dataset), ...marksOf(marks, series, across)];
  return {
    type: 'bar',
    data: { labels: along === 'y' ? labels.map(folded) : [...labels], datasets },
    options: {
      indexAxis: along,
      locale: language,
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', axis: along, intersect: false },
      plugins: {
        title: { text: title, font: { size: 16, weight: 'bold' }, padding: { bottom: 2 } },
        subtitle: { text: [...subtitle], padding: { bottom: 8 } },
        legend: { position: 'bottom', labels: { boxWidth: 14, boxHeight: 14 }, ...(legendOf(datasets).size > 1 ? {} : { display: false }) },
      },
      scales: {
        [along]: { stacked, grid: { display: false }, ticks: { autoSkip: false } },
        [across]: { ...length, stacked, title: { display: unit !== '', text: unit } },
        ...(marks.some(isKnown) ? { marks: { ...length, axis: across, display: false } } : {}),
      },
    },
  };
}

/** So many characters stand side by side under the bars on a phone. */
const charactersAbreast = 45;

function areLong(labels: readonly string[]): boolean {
  return sum(labels.map((label) => label.length + 2)) > charactersAbreast;
}

/** A longer name takes half of a phone's width. */
const charactersInLine = 18;

/** A long name in lines, cut after a hyphen or a space. */
function folded(label: string): string | string[] {
  const lines = [''];
  for (const part of label.match(/[^- ]*[- ]|[^- ]+/g) ?? []) {
    const longer = `${lines.at(-1)}${part}`;
    if (longer.trim().length <= charactersInLine) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  const [only = '', ...more] = lines.map((line) => line.trim()).filter((line) => line !== '');
  return more.length === 0 ? only : [only, ...more];
}

/** How thick a mark is, as a share of the highest bar. */
const markShare = 0.012;

/** The highest stack or mark: the axis of the bars and that of the marks end alike. */
function highestOf(series: readonly Series[], marks: readonly Marks[]): number {
  const stacks = new Set(series.map(({ stack, label }) => stack ?? label));
  const columns = [...stacks].flatMap((name) => columnsOf(series.filter(({ stack, label }) => (stack ?? label) === name)));
  return Math.max(0, ...columns, ...marks.flatMap(({ values }) => values.map((value) => value ?? 0)));
}

function columnsOf(parts: readonly Series[]): readonly number[] {
  return (parts[0]?.values ?? []).map((_, at) => sum(parts.map(({ values }) => values[at] ?? 0)));
}

/** In the stack of its bar, but measured on an axis of their own, on which nothing is stacked. A mark is a bar that does not begin at 0. */
function marksOf(marks: readonly Marks[], series: readonly Series[], across: 'x' | 'y'): ChartDataset<'bar', Bar[]>[] {
  const half = (highestOf(series, marks) * markShare) / 2;
  return marks.filter(isKnown).map(({ label, stack, values }) => ({
    label,
    data: values.map((value): Bar => (value === null ? null : [Math.max(0, value - half), value + half])),
    backgroundColor: '#1f2328',
    borderColor: '#ffffff',
    borderWidth: 1,
    borderSkipped: false,
    maxBarThickness: 96,
    stack,
    [`${across}AxisID`]: 'marks',
    // Before the bars.
    order: -1,
  }));
}

function isKnown({ values }: Pick<Series, 'values'>): boolean {
  return values.some((value) => value !== null);
}

function dataset({ label, colour, values, stack }: Series): ChartDataset<'bar', Bar[]> {
  return { label, data: [...values], backgroundColor: colour, maxBarThickness: 96, ...(stack === undefined ? {} : { stack }) };
}
