import type { Variable } from '../plan/variation.js';
import type { LineChart } from './charts.js';
import { sourceInWords } from './describe.js';
import { describeWords } from './describeWords.js';
import { growthFigureNames, growthFigures } from './growthFigures.js';
import type { InEveryLanguage, Language } from './language.js';
import { type Line, lineChart, lookOf, markers } from './lineChart.js';
import type { GrowthFigure, Sweep, SweepPoint } from './sweep.js';
import { variableWords } from './variables.js';

interface Words {
  readonly model: string;
  readonly key: string;
  against(variable: string): string;
  cut(others: string): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    model: 'model',
    key: 'points: measured; dashed lines: by the model',
    against: (variable) => `against ${variable}`,
    cut: (others) => `each strategy only at its largest ${others}; the table has the rest`,
  },
  ru: {
    model: 'модель',
    key: 'точки — измерено, штриховые линии — по модели',
    against: (variable) => `по оси — ${variable}`,
    cut: (others) => `каждая стратегия — только при наибольших значениях (${others}); остальное в таблице`,
  },
};

/** The canvas of a figure over a variable. */
export function chartId(figure: GrowthFigure, along: Variable): string {
  return `chart-${figure.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-by-${along}`;
}

/** `against nodes` */
export function againstInWords(along: Variable, language: Language): string {
  return words[language].against(variableWords[language][along]);
}

/** By the id of the canvas, every figure that is known over every variable: points measured for each strategy, and for each value of the other variables, with the line of the model. A power is a straight line. */
export function sweepCharts(sweep: Sweep, language: Language = 'en'): Readonly<Record<string, LineChart>> {
  const charts = sweep.vary.flatMap(({ name }) => {
    const drawn = drawnOver(sweep, name, language);
    return growthFigureNames.map((figure) => [chartId(figure, name), chartOf(drawn, figure, language)] as const);
  });
  return Object.fromEntries(charts.filter(([, { data }]) => data.datasets.length > 0));
}

/** Points that one line goes through, whatever the figure. */
interface Run {
  readonly label: string;
  readonly look: Pick<Line, 'colour' | 'marker'>;
  readonly points: readonly SweepPoint[];
}

interface Drawn {
  readonly along: Variable;
  readonly values: readonly number[];
  readonly subtitle: readonly string[];
  readonly runs: readonly Run[];
}

/** More lines than there are markers nobody can tell apart: then only the largest of what else varies is drawn. */
function drawnOver(sweep: Sweep, along: Variable, language: Language): Drawn {
  const others = sweep.vary.map(({ name }) => name).filter((name) => name !== along);
  const all = runsOf(sweep.points, others, language);
  const isCut = others.length > 0 && all.length > markers.length;
  return {
    along,
    values: placesOf(sweep, along),
    subtitle: [
      describeWords[language].scenario(sweep.scenario, sweep.rooms),
      ...(language === 'en' ? [sweep.rate] : []),
      ...(sweep.source === 'live' ? [] : [sourceInWords(sweep, language)]),
      ...(sweep.points.some(({ model }) => model !== undefined) ? [words[language].key] : []),
      ...(isCut ? [words[language].cut(others.map((name) => variableWords[language][name]).join(', '))] : []),
    ],
    runs: isCut ? runsOf(atTheMost(sweep.points, others), others, language) : all,
  };
}

/** The values that were asked for, and what strategies made of them: one that runs on a single node is at 1, whatever was asked. */
function placesOf({ vary, points }: Sweep, along: Variable): readonly number[] {
  const asked = vary.find(({ name }) => name === along)?.values ?? [];
  const made = points.flatMap(({ at }) => at[along] ?? []).filter((value) => value > 0);
  return [...new Set([...asked, ...made])].sort((one, other) => one - other);
}

/** A strategy has its colour in every chart, a line its marker. */
function runsOf(points: readonly SweepPoint[], others: readonly Variable[], language: Language): readonly Run[] {
  const strategies = [...new Set(points.map(({ strategy }) => strategy))];
  const groups = new Map<string, SweepPoint[]>();
  for (const point of points) {
    const label = [point.strategy, ...others.map((name) => `${variableWords[language][name]} ${point.at[name]}`)].join(', ');
    groups.set(label, [...(groups.get(label) ?? []), point]);
  }
  return [...groups].map(([label, own], index) => ({
    label,
    look: lookOf(strategies.indexOf(own[0]?.strategy ?? ''), index),
    points: own,
  }));
}

/** What a strategy made of the size that was asked for may be less than that. */
function atTheMost(points: readonly SweepPoint[], others: readonly Variable[]): readonly SweepPoint[] {
  const most = (strategy: string, name: Variable) =>
    Math.max(...points.filter((point) => point.strategy === strategy).map(({ at }) => at[name] ?? 0));
  return points.filter(({ strategy, at }) => others.every((name) => at[name] === most(strategy, name)));
}

function chartOf({ along, values, subtitle, runs }: Drawn, figure: GrowthFigure, language: Language): LineChart {
  return lineChart({
    language,
    title: `${growthFigures[figure].titles[language]}, ${againstInWords(along, language)}`,
    subtitle,
    horizontal: variableWords[language][along],
    ticks: values,
    lines: runs.flatMap((run) => linesOf(run, along, figure, language)),
  });
}

function linesOf({ label, look, points }: Run, along: Variable, figure: GrowthFigure, language: Language): readonly Line[] {
  const at = (value: (point: SweepPoint) => number | null | undefined) => points.flatMap((point) => pointAt(point.at[along], value(point)));
  const expected = at((point) => point.model?.[figure]);
  return [
    { label, ...look, points: at(({ figures }) => figures[figure]), ...(expected.length === 0 ? {} : { as: 'points' as const }) },
    { label: `${label}, ${words[language].model}`, ...look, points: expected, as: 'line', of: label },
  ];
}

/** A logarithm has no place for 0: neither for the brokers of a mesh, nor for what is not there. */
function pointAt(x: number | undefined, y: number | null | undefined): readonly { readonly x: number; readonly y: number }[] {
  return x === undefined || x <= 0 || y === null || y === undefined || y <= 0 ? [] : [{ x, y }];
}
