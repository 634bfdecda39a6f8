import { pages } from '../html.js';
import type { Language } from '../language.js';
import { growthOf, type Sweep, type SweepPoint } from '../sweep.js';
import { wholeComparison, wholeSweep } from './samplePages.js';

/** Invented pages with much on their charts. */
export function largePages(language: Language): Readonly<Record<'large sweep' | 'large comparison', string>> {
  return { 'large sweep': pages.sweep(largeSweep(), language), 'large comparison': pages.comparison(largeComparison(), language) };
}

const names = ['hashed', 'ring', 'single-channel'];

/** Three strategies, two of which measure just the same, over nodes and brokers. */
export function largeSweep(strategies: readonly string[] = names, brokers: readonly number[] = [1, 2]): Sweep {
  const whole = wholeSweep();
  const vary: Sweep['vary'] = [
    { name: 'nodes', values: [1, 2, 4] },
    { name: 'brokers', values: [...brokers] },
  ];
  const points = strategies.flatMap((strategy) => {
    const like = strategy === 'single-channel' ? strategy : 'hashed';
    const own = whole.points.filter((point) => point.strategy === like && point.at.nodes !== 8);
    return own.flatMap((point) => brokers.map((count) => withBrokers({ ...point, strategy }, count)));
  });
  return { ...whole, vary, points, growth: growthOf(points, vary) };
}

function withBrokers(point: SweepPoint, brokers: number): SweepPoint {
  const divided = <Figures extends SweepPoint['figures']>(figures: Figures): Figures => ({
    ...figures,
    handledPerBroker: (figures.handledPerBroker ?? 0) / brokers,
    handledMost: (figures.handledMost ?? 0) / brokers,
  });
  const { model } = point;
  const at = { ...point.at, brokers };
  return { ...point, at, figures: divided(point.figures), ...(model === undefined ? {} : { model: divided(model) }) };
}

/** As many strategies as there are, and two with the longest of names. */
export function largeComparison(): ReturnType<typeof wholeComparison> {
  const whole = wholeComparison();
  const [first] = whole.runs;
  if (first === undefined) return whole;
  const runs = Array.from({ length: 22 }, (_, index) => ({
    ...first,
    strategy: index < 2 ? `user-channels-random-publish-${index}` : `strategy-${index}`,
    amplification: index === 3 ? null : 2 + index,
    costUsPerDelivered: { node: 60 + 9 * index, broker: 5 + index, generator: 20 },
  }));
  return { ...whole, runs: [...runs, ...whole.runs] };
}
