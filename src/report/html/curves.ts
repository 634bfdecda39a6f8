import { Latency } from '../../measure/latency.js';
import type { Distribution, Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { type Markup, nothing } from './markup.js';
import { type Axis, type Line, logarithmicTicks, plot, plots, type Tone } from './plot.js';

interface Words {
  readonly percentiles: string;
  readonly cumulative: string;
  readonly description: string;
  readonly ms: string;
  readonly percentile: string;
  readonly share: string;
  readonly lines: Readonly<
    Record<'responseSame' | 'responseCross' | 'serviceSame' | 'serviceCross' | 'responseAll' | 'serviceAll', string>
  >;
}

const words: InEveryLanguage<Words> = {
  en: {
    percentiles: 'Percentiles: each step to the right is ten times rarer',
    cumulative: 'How many messages had arrived after how long',
    description: 'Response, corrected for coordinated omission, as solid lines; service, not corrected, dashed. The table has the figures',
    ms: 'ms',
    percentile: 'percentile, at 1 / (1 − p)',
    share: 'share of messages',
    lines: {
      responseSame: 'response, same node',
      responseCross: 'response, cross node',
      serviceSame: 'service, same node',
      serviceCross: 'service, cross node',
      responseAll: 'response',
      serviceAll: 'service',
    },
  },
  ru: {
    percentiles: 'Процентили: каждый шаг вправо — в десять раз реже',
    cumulative: 'Какая доля сообщений дошла за какое время',
    description:
      'Отклик, с поправкой на согласованное упущение, — сплошные линии; обслуживание, без поправки, — штриховые. Числа есть в таблице',
    ms: 'мс',
    percentile: 'процентиль, по шкале 1 / (1 − p)',
    share: 'доля сообщений',
    lines: {
      responseSame: 'отклик, внутри узла',
      responseCross: 'отклик, между узлами',
      serviceSame: 'обслуживание, внутри узла',
      serviceCross: 'обслуживание, между узлами',
      responseAll: 'отклик',
      serviceAll: 'обслуживание',
    },
  },
};

interface Curve {
  readonly name: keyof Words['lines'];
  readonly tone: Tone;
  readonly dashed: boolean;
  readonly points: readonly Point[];
}

interface Point {
  readonly share: number;
  readonly ms: number;
}

/** Below this a histogram of microseconds has no digits. */
const leastMs = 0.001;
const perDecade = 16;
/** Beyond it the lines of any number of messages would have no point to add. */
const mostDecades = 7;

/** Every percentile of what was recorded, twice: with the tail spread out, and as the share that had arrived. Nothing where there were no times. */
export function latencyCurves({ latencyMs }: Result, language: Language): Markup {
  const apart = curvesApart(latencyMs);
  const curves = apart.length > 0 ? apart : curvesOfAll(latencyMs);
  return curves.length === 0 ? nothing : plots([percentilePlot(curves, language), cumulativePlot(curves, language)]);
}

function curvesApart({ response, service }: Result['latencyMs']): readonly Curve[] {
  return [
    curveOf('responseSame', 'sky', false, response.sameNode),
    curveOf('responseCross', 'blue', false, response.crossNode),
    curveOf('serviceSame', 'orange', true, service.sameNode),
    curveOf('serviceCross', 'vermillion', true, service.crossNode),
  ].filter(({ points }) => points.length > 0);
}

/** Where nobody can say which messages crossed from node to node. */
function curvesOfAll({ response, service }: Result['latencyMs']): readonly Curve[] {
  return [curveOf('responseAll', 'blue', false, response.all), curveOf('serviceAll', 'orange', true, service.all)].filter(
    ({ points }) => points.length > 0,
  );
}

function curveOf(name: Curve['name'], tone: Tone, dashed: boolean, distribution: Distribution | null): Curve {
  return { name, tone, dashed, points: distribution === null || distribution.count === 0 ? [] : pointsOf(distribution) };
}

/** Evenly spread over 1 / (1 - p), as far as there is a message for each. */
function pointsOf({ histogram, count }: Distribution): readonly Point[] {
  const latency = Latency.fromBytes(histogram);
  const decades = Math.min(Math.log10(Math.max(count, 1)), mostDecades);
  const steps = Math.max(1, Math.ceil(decades * perDecade));
  return Array.from({ length: steps + 1 }, (_, index) => {
    const share = 1 - 10 ** -((index / steps) * decades);
    return { share, ms: Math.max(latency.quantileMs(share) ?? 0, leastMs) };
  });
}

function percentilePlot(curves: readonly Curve[], language: Language): Markup {
  const { percentiles, description, percentile } = words[language];
  const rarest = Math.max(10, ...curves.flatMap(({ points }) => points.map(({ share }) => 1 / (1 - share))));
  const horizontal: Axis = {
    title: percentile,
    scale: 'logarithmic',
    from: 1,
    to: rarest,
    ticks: percentileTicks(rarest, language),
  };
  const lines = linesOf(curves, ({ share, ms }) => ({ x: 1 / (1 - share), y: ms }), language);
  return plot({ title: percentiles, description, horizontal, vertical: timeAxis(curves, language), lines }, language);
}

function percentileTicks(rarest: number, language: Language) {
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: 7 });
  const ticks = [1, 2, ...Array.from({ length: Math.floor(Math.log10(rarest) + 1e-9) }, (_, index) => 10 ** (index + 1))];
  return ticks.map((at) => ({ at, label: `p${digits.format(Number((100 * (1 - 1 / at)).toFixed(7)))}` }));
}

function cumulativePlot(curves: readonly Curve[], language: Language): Markup {
  const { cumulative, description, share: title } = words[language];
  const { percent } = figuresIn(language);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: percent(at) }));
  const lines = linesOf(curves, ({ share, ms }) => ({ x: ms, y: share }), language);
  return plot(
    {
      title: cumulative,
      description,
      horizontal: timeAxis(curves, language),
      vertical: { title, scale: 'linear', from: 0, to: 1, ticks },
      lines,
    },
    language,
  );
}

function timeAxis(curves: readonly Curve[], language: Language): Axis {
  const all = curves.flatMap(({ points }) => points.map(({ ms }) => ms));
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const widened = { from: from * 0.9, to: Math.max(to * 1.1, from * 2) };
  const digits = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  return {
    title: words[language].ms,
    scale: 'logarithmic',
    ...widened,
    ticks: logarithmicTicks(widened.from, widened.to, (value) => digits.format(value)),
  };
}

function linesOf(curves: readonly Curve[], at: (point: Point) => { x: number; y: number }, language: Language): readonly Line[] {
  return curves.map(({ name, tone, dashed, points }) => ({ label: words[language].lines[name], tone, dashed, points: points.map(at) }));
}
