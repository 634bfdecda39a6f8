import { type LineChart, lineChart, palette } from './charts.js';
import { sourceInWords } from './describe.js';
import { growthFigures } from './growthFigures.js';
import type { GrowthFigure, Sweep, SweepPoint } from './sweep.js';

/** What is drawn: a figure of messages for nodes, one for brokers, and what it costs. */
const drawn = { 'chart-received': 'receivedPerNode', 'chart-brokers': 'handledPerBroker', 'chart-cost': 'nodeUsPerDelivered' } as const;

/** By the id of the canvas: a line for each strategy along the first variable, and for each value of the others. A power is a straight line. */
export function sweepCharts(sweep: Sweep): Readonly<Record<string, LineChart>> {
  const charts = Object.entries(drawn).map(([id, figure]) => [id, chartOf(sweep, figure)] as const);
  return Object.fromEntries(charts.filter(([, { data }]) => data.datasets.length > 0));
}

function chartOf(sweep: Sweep, figure: GrowthFigure): LineChart {
  const [along, ...others] = sweep.vary.map(({ name }) => name);
  const lines = new Map<string, SweepPoint[]>();
  for (const point of sweep.points) {
    const label = [point.strategy, ...others.map((name) => `${name} ${point.at[name]}`)].join(', ');
    lines.set(label, [...(lines.get(label) ?? []), point]);
  }
  const colours = Object.values(palette);
  return lineChart({
    title: growthFigures[figure].title,
    subtitle: [
      `scenario ${sweep.scenario}, rooms by ${sweep.rooms}`,
      sweep.rate,
      ...(sweep.source === 'live' ? [] : [sourceInWords(sweep)]),
    ],
    horizontal: along ?? '',
    vertical: growthFigures[figure].title,
    lines: [...lines].map(([label, points], index) => ({
      label,
      colour: colours[index % colours.length] ?? palette.blue,
      points: points.flatMap(({ at, figures }) => pointAt(along === undefined ? undefined : at[along], figures[figure])),
    })),
  });
}

/** A logarithm has no place for 0. */
function pointAt(x: number | undefined, y: number | null): readonly { readonly x: number; readonly y: number }[] {
  return x === undefined || y === null || y <= 0 ? [] : [{ x, y }];
}
