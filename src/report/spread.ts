import type { InEveryLanguage, Language } from './language.js';
import { figuresIn } from './numbers.js';

/** More bars than these nobody can tell apart. */
export const mostBars = 60;

const quantiles = [
  ['least', 0],
  ['25 %', 0.25],
  ['median', 0.5],
  ['75 %', 0.75],
  ['95 %', 0.95],
  ['99 %', 0.99],
] as const;
const busiest = 5;

interface Words {
  readonly least: string;
  readonly median: string;
  readonly most: string;
  shown(items: string, what: string): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    least: 'least',
    median: 'median',
    most: 'most',
    shown: (items, what) => `of ${items} ${what}: those at quantiles of the load, and the ${busiest} busiest`,
  },
  ru: {
    least: 'меньше всех',
    median: 'медиана',
    most: 'больше всех',
    shown: (items, what) => `из ${items} ${what}: стоящие на квантилях нагрузки и ${busiest} самых занятых`,
  },
};

/** One of many, and the label of its bar. */
export interface Shown<Item> {
  readonly label: string;
  readonly item: Item;
}

/** All of a few; of many those that show how load is spread: ones at the quantiles, and the busiest by name. */
export function spreadOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  loadOf: (item: Item) => number,
  language: Language = 'en',
): readonly Shown<Item>[] {
  if (items.length <= mostBars) return items.map((item) => ({ label: item.id, item }));
  const inOrder = items.map((item) => ({ item, load: loadOf(item) })).sort((one, other) => one.load - other.load);
  const atQuantiles = quantiles.flatMap(([name, at]) => {
    const found = inOrder[Math.floor(at * (inOrder.length - 1))];
    const word = name === 'least' || name === 'median' ? words[language][name] : name;
    return found === undefined ? [] : [{ label: `${word}: ${found.item.id}`, item: found.item }];
  });
  const mostOf = inOrder
    .slice(-busiest)
    .map(({ item }, index) => ({ label: index === busiest - 1 ? `${words[language].most}: ${item.id}` : item.id, item }));
  return [...atQuantiles, ...mostOf];
}

/** What must be said where not all are shown. */
export function spreadWords(items: number, what: string, language: Language = 'en'): readonly string[] {
  return items <= mostBars ? [] : [words[language].shown(figuresIn(language).whole(items), what)];
}
