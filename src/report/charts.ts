import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { Distribution, Result } from '../measure/result.js';
import { besideHops } from '../measure/traffic.js';
import { brokerWord, caveats, rateInWords, sizesInWords } from './describe.js';
import { hasRelays, loadOf, quantile, quantileName, shownQuantiles } from './loads.js';
import { spreadOf, spreadWords } from './spread.js';

/** Plain data without functions: the same object draws in the browser and on the server. Text colours and fonts are the drawer's. */
export type BarChart = ChartConfiguration<'bar', (number | null)[], string>;

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
export function nodesChart(result: Result): BarChart {
  const all = result.nodes.map((node) => ({ id: node.id, ...loadOf(node) }));
  const shown = spreadOf(all, (load) => load.published + load.received + load.deliveredToSockets);
  const loads = shown.map(({ item }) => item);
  const series: readonly Series[] = [
    { label: 'published', colour: palette.blue, values: loads.map((load) => load.published), stack: 'published' },
    { label: 'received, useful', colour: palette.green, values: loads.map((load) => load.useful), stack: 'received' },
    { label: 'received, wasted', colour: palette.vermillion, values: loads.map((load) => load.wasted), stack: 'received' },
    { label: 'delivered to sockets', colour: palette.sky, values: loads.map((load) => load.deliveredToSockets), stack: 'delivered' },
  ];
  const { title, subtitle } = ofResult(result, 'Messages per node');
  const labels = shown.map(({ label }) => label);
  return barChart({ title, subtitle: [...subtitle, ...spreadWords(all.length, 'nodes')], unit: 'messages', labels, series });
}

/** What every broker took in, handed out and relayed, in its own words; what came to a node straight from another one is apart. */
export function brokersChart(result: Result): BarChart {
  const shown = spreadOf(result.brokers, (broker) => (broker.in ?? 0) + (broker.out ?? 0) + (broker.relayed ?? 0));
  const brokers = shown.map(({ item }) => item);
  const hops = brokers.map((broker) => broker.hops);
  const series: readonly Series[] = [
    { label: 'in', colour: palette.blue, values: brokers.map((broker) => besideHops(broker, 'in')) },
    { label: 'out', colour: palette.orange, values: brokers.map((broker) => besideHops(broker, 'out')) },
    ...(hasRelays(result) ? [{ label: 'relayed', colour: palette.purple, values: brokers.map((broker) => broker.relayed) }] : []),
    ...(hops.some((messages) => messages !== 0) ? [{ label: 'from node to node', colour: palette.green, values: hops }] : []),
  ];
  const what = brokers.length === 0 ? 'This run used no broker' : `Messages per ${brokerWord(result)}`;
  const { title, subtitle } = ofResult(result, what);
  const labels = shown.map(({ label }) => label);
  return barChart({ title, subtitle: [...subtitle, ...spreadWords(result.brokers.length, 'brokers')], unit: 'messages', labels, series });
}

/** What a user waits (response) beside what the system takes (service), on the sender's node and across nodes. */
export function latencyChart(result: Result): BarChart {
  const { response, service } = result.latencyMs;
  const at = (distribution: Distribution | null) => shownQuantiles.map((fraction) => quantile(distribution, fraction));
  const series: readonly Series[] = [
    { label: 'response, same node', colour: palette.sky, values: at(response.sameNode) },
    { label: 'response, cross node', colour: palette.blue, values: at(response.crossNode) },
    { label: 'service, same node', colour: palette.orange, values: at(service.sameNode) },
    { label: 'service, cross node', colour: palette.vermillion, values: at(service.crossNode) },
  ];
  return barChart({ ...ofResult(result, 'Latency'), unit: 'ms', labels: shownQuantiles.map(quantileName), series });
}

function ofResult(result: Result, what: string): Pick<Drawing, 'title' | 'subtitle'> {
  return {
    title: `${what}: ${result.plan.strategy.name}`,
    subtitle: [sizesInWords(result), rateInWords(result), ...caveats(result)],
  };
}

interface Drawing {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly unit: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

export function barChart({ title, subtitle, unit, labels, series }: Drawing): BarChart {
  const stacked = series.some(({ stack }) => stack !== undefined);
  return {
    type: 'bar',
    data: { labels: [...labels], datasets: series.filter(isKnown).map(dataset) },
    options: {
      locale: 'en',
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        title: { display: true, text: title, font: { size: 16, weight: 'bold' }, padding: { bottom: 2 } },
        subtitle: { display: true, text: [...subtitle], padding: { bottom: 8 } },
        legend: { position: 'bottom', labels: { boxWidth: 14, boxHeight: 14 } },
      },
      scales: {
        x: { stacked, grid: { display: false } },
        y: { stacked, beginAtZero: true, grace: '5%', title: { display: true, text: unit }, ticks: { maxTicksLimit: 7 } },
      },
    },
  };
}

function isKnown({ values }: Series): boolean {
  return values.some((value) => value !== null);
}

function dataset({ label, colour, values, stack }: Series): ChartDataset<'bar', (number | null)[]> {
  return { label, data: [...values], backgroundColor: colour, maxBarThickness: 96, ...(stack === undefined ? {} : { stack }) };
}

interface Lines extends Pick<Drawing, 'title' | 'subtitle'> {
  readonly horizontal: string;
  readonly vertical: string;
  readonly lines: readonly {
    readonly label: string;
    readonly colour: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
  /** Points alone, where there are several for one value. */
  readonly scattered?: true;
}

/** On logarithmic axes, where a power is a straight line. */
export function lineChart({ title, subtitle, horizontal, vertical, lines, scattered }: Lines): LineChart {
  const ticks = { format: { minimumFractionDigits: 0, maximumFractionDigits: 3 } };
  const axis = (text: string) => ({ type: 'logarithmic' as const, title: { display: true, text }, ticks });
  return {
    type: 'line',
    data: {
      datasets: lines
        .filter(({ points }) => points.length > 0)
        .map(({ label, colour, points }) => ({
          label,
          data: [...points],
          borderColor: colour,
          backgroundColor: colour,
          pointRadius: 4,
          showLine: scattered !== true,
        })),
    },
    options: {
      locale: 'en',
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: false },
      plugins: {
        title: { display: true, text: title, font: { size: 16, weight: 'bold' }, padding: { bottom: 2 } },
        subtitle: { display: true, text: [...subtitle], padding: { bottom: 8 } },
        legend: { position: 'bottom', labels: { boxWidth: 14, boxHeight: 14 } },
      },
      scales: { x: axis(horizontal), y: axis(vertical) },
    },
  };
}
