import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn, share } from '../numbers.js';
import { mean, most } from '../perProcess.js';
import { type Markup, nothing, recorded } from './markup.js';
import { table } from './table.js';

const words: InEveryLanguage<Readonly<Record<'caption' | 'figure' | 'mean' | 'most' | 'ratio' | 'busiest', string>>> = {
  en: {
    caption: 'How evenly it is spread: 1 is all alike, 2 is one with twice the mean',
    figure: 'messages',
    mean: 'mean',
    most: 'most',
    ratio: 'most / mean',
    busiest: 'busiest',
  },
  ru: {
    caption: 'Насколько равномерно: 1 — у всех поровну, 2 — у кого-то вдвое больше среднего',
    figure: 'сообщения',
    mean: 'среднее',
    most: 'наибольшее',
    ratio: 'наибольшее / среднее',
    busiest: 'самый занятый',
  },
};

/** A figure of several places. */
export interface Loads {
  readonly name: string;
  readonly loads: readonly { readonly id: string; readonly load: number | null }[];
}

/** The largest beside the mean, figure by figure; one place alone is spread over nothing, and a figure that nobody has is none. */
export function balanceTable(figures: readonly Loads[], language: Language): Markup {
  const { whole, hundredths } = figuresIn(language);
  const titles = words[language];
  const rows = figures.map(balanceOf).filter((row) => row.most !== null && row.most > 0);
  if (rows.length === 0 || figures.every(({ loads }) => loads.length < 2)) return nothing;
  return table({
    language,
    caption: titles.caption,
    rows,
    columns: [
      { title: titles.figure, text: ({ name }) => name },
      { title: titles.mean, figure: (row) => row.mean, show: whole },
      { title: titles.most, figure: (row) => row.most, show: whole },
      { title: titles.ratio, figure: (row) => share(row.most, row.mean), show: hundredths },
      { title: titles.busiest, text: ({ busiest }) => recorded(busiest, language) },
    ],
  });
}

function balanceOf({ name, loads }: Loads) {
  const values = loads.map(({ load }) => load);
  const largest = most(values);
  return { name, mean: mean(values), most: largest, busiest: loads.find(({ load }) => load === largest)?.id ?? '' };
}
