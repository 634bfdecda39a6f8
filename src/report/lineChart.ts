import type { ChartDataset } from 'chart.js';
import { type LineChart, palette } from './charts.js';
import type { InEveryLanguage, Language } from './language.js';
import { legendOf } from './legend.js';
import { around, exactly, logarithmicAxis, spaced } from './logarithmicAxis.js';

/** Told apart without colours. Those that surround nothing have no second, filled form. */
export const markers = [
  ...(['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'cross', 'star'] as const).map((pointStyle) => ({ pointStyle, filled: false })),
  ...(['circle', 'rect', 'triangle', 'rectRot'] as const).map((pointStyle) => ({ pointStyle, filled: true })),
];

export type Marker = (typeof markers)[number];

/** The colour and the marker of a line; their cycles are of different length. */
export function lookOf(colour: number, marker = colour): Pick<Line, 'colour' | 'marker'> {
  const colours = Object.values(palette);
  return { colour: colours[colour % colours.length] ?? palette.blue, marker: markers[marker % markers.length] ?? markers[0] };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly label: string;
  readonly colour: string;
  readonly marker?: Marker | undefined;
  readonly points: readonly Point[];
  /** `points`: measured, each by itself; `line`: computed, dashed and without points. Absent: both. */
  readonly as?: 'points' | 'line';
  /** The line that this one belongs to in the legend. */
  readonly of?: string;
}

interface Lines {
  readonly language?: Language;
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly horizontal: string;
  /** Absent: the title says it. */
  readonly vertical?: string;
  readonly lines: readonly Line[];
  /** Absent: round values. */
  readonly ticks?: readonly number[];
}

const shared: InEveryLanguage<string> = {
  en: 'lines that coincide share one line in turns; their points stand inside each other',
  ru: 'совпавшие линии делят одну по очереди, их точки стоят друг в друге',
};

/** On logarithmic axes, where a power is a straight line. */
export function lineChart({ language = 'en', title, subtitle, horizontal, vertical = '', lines, ticks }: Lines): LineChart {
  const known = lines.filter(({ points }) => points.length > 0);
  const datasets = known.map((line, index) => dataset(line, known.slice(0, index), likeIt(line, known)));
  const points = known.flatMap((line) => line.points);
  const isShared = known.some((line) => likeIt(line, known).length > 1);
  return {
    type: 'line',
    data: { datasets },
    options: {
      locale: language,
      animation: false,
      maintainAspectRatio: false,
      clip: false,
      layout: { autoPadding: false },
      interaction: { mode: 'nearest', intersect: false },
      datasets: { line: { borderWidth: 2, pointBorderWidth: 2, pointHitRadius: 8 } },
      plugins: {
        title: { text: title, font: { size: 16, weight: 'bold' }, padding: { bottom: 2 } },
        subtitle: { text: [...subtitle, ...(isShared ? [shared[language]] : [])], padding: { bottom: 8 } },
        tooltip: { usePointStyle: true },
        legend: {
          position: 'bottom',
          labels: { usePointStyle: true, boxHeight: 9 },
          ...(legendOf(datasets).size > 1 ? {} : { display: false }),
        },
      },
      scales: {
        x: logarithmicAxis(horizontal, spaced(ticks === undefined ? around(points.map(({ x }) => x)) : exactly(ticks))),
        y: logarithmicAxis(vertical, around(points.map(({ y }) => y))),
      },
    },
  };
}

/** A point surrounds those of the lines before it: beside them it would say something else. */
function dataset(line: Line, before: readonly Line[], sharers: readonly Line[]): ChartDataset<'line', Point[]> {
  const { label, colour, marker, points, as, of } = line;
  const common = { label, data: [...points], borderColor: colour, ...(as === 'points' ? { showLine: false } : dashes(line, sharers)) };
  if (as === 'line') return { ...common, pointRadius: 0, ...(of === undefined ? {} : { stack: of }) };
  const inside = (point: Point) => before.filter((other) => other.as !== 'line' && other.points.some((at) => same(at, point))).length;
  return {
    ...common,
    pointStyle: marker?.pointStyle ?? 'circle',
    backgroundColor: marker?.filled === false ? 'transparent' : colour,
    pointRadius: points.map((point) => radius(inside(point))),
  };
}

/** Of a point that surrounds so many others. */
function radius(inside: number): number {
  return Math.min(5 + 3 * inside, 17);
}

/** The lines that coincide with one, itself among them. */
function likeIt(line: Line, all: readonly Line[]): readonly Line[] {
  return all.filter(({ as, points }) => {
    const alike = (line.as === 'line') === (as === 'line') && line.points.length === points.length;
    return alike && points.every((point, index) => same(point, line.points[index]));
  });
}

function same(one: Point, other: Point | undefined): boolean {
  return one.x === other?.x && one.y === other.y;
}

/** Lines that coincide are drawn in turns; one that is dashed leaves a gap after each. */
function dashes(line: Line, sharers: readonly Line[]): { borderDash?: number[]; borderDashOffset?: number } {
  const dashed = line.as === 'line';
  if (!dashed && sharers.length === 1) return {};
  const [on, every] = dashed ? [6, 10] : [9, 9];
  const turn = sharers.indexOf(line);
  return { borderDash: [on, every * sharers.length - on], ...(turn === 0 ? {} : { borderDashOffset: -every * turn }) };
}
