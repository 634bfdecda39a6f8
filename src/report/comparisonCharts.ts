import { type BarChart, barChart, palette } from './charts.js';
import type { Compared, Comparison } from './comparison.js';
import { sourceInWords } from './describe.js';
import { describeWords } from './describeWords.js';
import { comparisonWords } from './html/comparisonWords.js';
import type { Language } from './language.js';

/** By the id of the canvas that each is drawn on. */
export function comparisonCharts(comparison: Comparison, language: Language = 'en'): Readonly<Record<string, BarChart>> {
  const { runs, source, scenario, rooms, rate } = comparison;
  const words = comparisonWords[language].charts;
  // No bar says nothing of whether there was nothing, or nobody knows.
  const labelled = (figure: (run: Compared) => number | null) =>
    runs.map((run) => (figure(run) === null ? `${run.strategy} (?)` : run.strategy));
  const subtitle = [
    describeWords[language].scenario(scenario, rooms),
    ...(language === 'en' ? [rate] : []),
    ...(source === 'live' ? [] : [sourceInWords({ source }, language)]),
  ];
  const cost = (role: 'node' | 'broker', colour: string) => ({
    label: words[role],
    colour,
    values: runs.map(({ costUsPerDelivered }) => costUsPerDelivered[role]),
    stack: 'cpu',
  });
  return {
    'chart-amplification': barChart({
      language,
      title: words.amplification,
      subtitle,
      unit: `${words.handled}, ${words.perDelivered}`,
      labels: labelled((run) => run.amplification),
      series: [{ label: words.handled, colour: palette.blue, values: runs.map((run) => run.amplification) }],
    }),
    'chart-cost': barChart({
      language,
      title: words.cpu,
      subtitle,
      unit: words.us,
      labels: labelled(({ costUsPerDelivered: { node, broker } }) => node ?? broker),
      series: [cost('node', palette.green), cost('broker', palette.orange)],
    }),
  };
}
