import { type LineChart, palette } from './charts.js';
import { describeWords } from './describeWords.js';
import type { HighestRate, RateTrial } from './highestRate.js';
import { highestRateWords } from './html/highestRateWords.js';
import type { Language } from './language.js';
import { lineChart, type Marker } from './lineChart.js';

/** The response over the rate, what held apart from what did not. */
export function rateCharts(found: HighestRate, language: Language = 'en'): Readonly<Record<string, LineChart>> {
  const { strategy, slo, rate, scenario, rooms, trials } = found;
  const words = highestRateWords[language].charts;
  const points = (of: readonly RateTrial[]) =>
    of.flatMap(({ ratePerSecond: x, responseMsP99: y }) => (y === null || y <= 0 ? [] : [{ x, y }])).sort((one, other) => one.x - other.x);
  const marker = (pointStyle: Marker['pointStyle']): Marker => ({ pointStyle, filled: false });
  const chart = lineChart({
    language,
    title: words.title(strategy),
    subtitle: [describeWords[language].scenario(scenario, rooms), ...(language === 'en' ? [rate] : []), slo],
    horizontal: words.rate,
    vertical: words.p99,
    lines: [
      {
        label: words.held,
        colour: palette.green,
        marker: marker('circle'),
        points: points(trials.filter(({ holds }) => holds)),
        as: 'points',
      },
      {
        label: words.broke,
        colour: palette.vermillion,
        marker: marker('crossRot'),
        points: points(trials.filter(({ holds }) => !holds)),
        as: 'points',
      },
    ],
  });
  return chart.data.datasets.length === 0 ? {} : { 'chart-rates': chart };
}
