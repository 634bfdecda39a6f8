import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

export interface SweepWords {
  title(variables: string): string;
  readonly and: string;
  passed(passed: number, all: number): string;
  readonly headline: string;
  readonly growth: { readonly title: string; readonly explained: string; readonly chart: string; readonly caption: string };
  readonly residuals: { readonly title: string; readonly explained: string; readonly caption: string; allAlike(count: number): string };
  readonly figures: { readonly title: string; readonly caption: string };
  readonly columns: Readonly<
    Record<
      'figure' | 'strategy' | 'against' | 'exponent' | 'error' | 'run' | 'at' | 'verdict' | 'measured' | 'model' | 'residual' | 'share',
      string
    >
  >;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

export const sweepWords: InEveryLanguage<SweepWords> = {
  en: {
    title: (variables) => `Growth with ${variables}`,
    and: ' and ',
    passed: (passed, all) => `${en.whole(passed)} of ${en.counted(all, { one: 'run', other: 'runs' })} passed`,
    headline: 'Each strategy was given the same messages at every size; nothing but the size changed.',
    growth: {
      title: 'How each figure grows',
      explained:
        'A figure grows as this power of the variable, by least squares on logarithms, ± the standard error of the fit: 0 stays as it is, 1 doubles when the variable doubles, −1 halves. In the charts, whose axes are logarithmic, a power is a straight line. Points are measured; a dashed line is what the model says, computed from the routing alone.',
      chart: 'measured points and the line of the model, over the variable',
      caption: 'Exponents',
    },
    residuals: {
      title: 'What was measured, and the model',
      explained: 'The residual is measured minus modelled. Counts of messages ought to have none; CPU, time and memory have no model here.',
      caption: 'Residuals that are not 0, the largest share first',
      allAlike: (count) =>
        `All ${en.counted(count, { one: 'figure', other: 'figures' })} that the model knows are measured to be just that: no residual is left.`,
    },
    figures: { title: 'The figures at each size', caption: 'Counts are exact; CPU, time and memory are of this machine' },
    columns: {
      figure: 'figure',
      strategy: 'strategy',
      against: 'against',
      exponent: 'exponent',
      error: 'error',
      run: 'run',
      at: 'at',
      verdict: 'verdict',
      measured: 'measured',
      model: 'model',
      residual: 'residual',
      share: 'of the model',
    },
  },
  ru: {
    title: (variables) => `Рост, когда растут ${variables}`,
    and: ' и ',
    passed: (passed, all) => `Пройдено прогонов: ${ru.whole(passed)} из ${ru.whole(all)}`,
    headline: 'Каждой стратегии при каждом размере дали одни и те же сообщения; менялся только размер.',
    growth: {
      title: 'Как растёт каждый показатель',
      explained:
        'Показатель растёт как такая степень переменной, по методу наименьших квадратов на логарифмах, ± стандартная ошибка подгонки: 0 — не меняется, 1 — удваивается вместе с переменной, −1 — уменьшается вдвое. На графиках с логарифмическими осями степень — прямая линия. Точки измерены; штриховая линия — то, что говорит модель, рассчитанная по одной лишь маршрутизации.',
      chart: 'измеренные точки и линия модели в зависимости от переменной',
      caption: 'Показатели степени',
    },
    residuals: {
      title: 'Измеренное и модель',
      explained:
        'Остаток — измеренное минус модель. У чисел сообщений его быть не должно; для процессорного времени, задержки и памяти модели здесь нет.',
      caption: 'Ненулевые остатки, сначала наибольшие по доле',
      allAlike: (count) => `Все показатели, известные модели (${ru.whole(count)}), измерены в точности такими: остатков нет.`,
    },
    figures: {
      title: 'Показатели при каждом размере',
      caption: 'Числа сообщений точны; процессорное время, задержка и память относятся к этой машине',
    },
    columns: {
      figure: 'показатель',
      strategy: 'стратегия',
      against: 'от чего',
      exponent: 'степень',
      error: 'ошибка',
      run: 'прогон',
      at: 'размер',
      verdict: 'вердикт',
      measured: 'измерено',
      model: 'модель',
      residual: 'остаток',
      share: 'от модели',
    },
  },
};
