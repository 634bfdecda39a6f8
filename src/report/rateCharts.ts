import { type LineChart, lineChart, palette } from './charts.js';
import type { HighestRate, RateTrial } from './highestRate.js';

/** The response over the rate, what held apart from what did not. */
export function rateCharts({ strategy, slo, rate, scenario, trials }: HighestRate): Readonly<Record<string, LineChart>> {
  const points = (of: readonly RateTrial[]) =>
    of.flatMap(({ ratePerSecond: x, responseMsP99: y }) => (y === null || y <= 0 ? [] : [{ x, y }])).sort((one, other) => one.x - other.x);
  const chart = lineChart({
    title: `Response of ${strategy} over the rate`,
    subtitle: [`scenario ${scenario}`, rate, slo],
    horizontal: 'messages/s',
    vertical: 'p99, ms',
    scattered: true,
    lines: [
      { label: 'held', colour: palette.green, points: points(trials.filter(({ holds }) => holds)) },
      { label: 'did not hold', colour: palette.vermillion, points: points(trials.filter(({ holds }) => !holds)) },
    ],
  });
  return chart.data.datasets.length === 0 ? {} : { 'chart-rates': chart };
}
