import type { ChartConfiguration, Defaults, Scale } from 'chart.js';
import type { BarChart, LineChart } from './charts.js';
import { isEntry } from './legend.js';

/** What the drawers of page and picture have in common: no function is in a configuration. */
export function drawAlike(defaults: Defaults): void {
  defaults.plugins.legend.labels.filter = isEntry;
  defaults.scales.logarithmic.afterBuildTicks = tickWhereTold;
  defaults.scales.logarithmic.ticks.callback = asNumber;
}

/** Where a logarithmic axis has its ticks; by itself Chart.js puts them at 1.1, 1.2, 1.3, 1.5 and names but some. */
export interface TicksAt {
  readonly at: readonly number[];
  readonly autoSkip: false;
}

function tickWhereTold(scale: Scale): void {
  const { ticks } = scale.options as { readonly ticks?: Partial<TicksAt> };
  if (ticks?.at !== undefined) scale.ticks = ticks.at.map((value) => ({ value }));
}

function asNumber(this: Scale, value: number | string): string {
  return Number(value).toLocaleString(this.chart.options.locale, { maximumFractionDigits: 6 });
}

/** Of the axis and its title, in CSS pixels. */
const axisHeight = 56;
const leastRows = 2;

/** Names beneath each other need this height; null: a chart of another kind takes what it is given. */
export function heightOf(chart: BarChart | LineChart): number | null {
  const { data, options } = chart as ChartConfiguration;
  if (options?.indexAxis !== 'y') return null;
  const names = data.labels ?? [];
  const lines = Math.max(1, ...names.map((name) => (Array.isArray(name) ? name.length : 1)));
  const stacks = new Set(data.datasets.map((dataset) => ('stack' in dataset ? dataset.stack : undefined) ?? dataset.label)).size;
  return axisHeight + Math.max(leastRows, names.length) * rowHeight(lines, stacks);
}

function rowHeight(lines: number, stacks: number): number {
  return Math.max(26, 15 * lines + 4, 9 * stacks + 8);
}
