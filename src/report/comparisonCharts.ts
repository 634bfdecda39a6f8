import { type BarChart, barChart, palette } from './charts.js';
import type { Comparison } from './comparison.js';
import { sourceInWords } from './describe.js';

/** By the id of the canvas that each is drawn on. */
export function comparisonCharts({ runs, source, scenario, rooms, rate }: Comparison): Readonly<Record<string, BarChart>> {
  const labels = runs.map(({ strategy }) => strategy);
  const subtitle = [`scenario ${scenario}, rooms by ${rooms}`, rate, ...(source === 'live' ? [] : [sourceInWords({ source })])];
  const amplification = { label: 'amplification', colour: palette.blue, values: runs.map((run) => run.amplification) };
  const cost = (role: 'node' | 'broker', colour: string) => ({
    label: role,
    colour,
    values: runs.map(({ costUsPerDelivered }) => costUsPerDelivered[role]),
    stack: 'cpu',
  });
  return {
    'chart-amplification': barChart({
      title: 'Messages through brokers',
      subtitle,
      unit: 'per delivered message',
      labels,
      series: [amplification],
    }),
    'chart-cost': barChart({
      title: 'CPU per delivered message',
      subtitle,
      unit: 'µs',
      labels,
      series: [cost('node', palette.green), cost('broker', palette.orange)],
    }),
  };
}
