import type { Equation, Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { html, recorded } from './markup.js';
import type { Section } from './section.js';
import { table } from './table.js';

interface Words {
  readonly title: string;
  readonly counted: string;
  readonly caption: string;
  readonly columns: Readonly<Record<'where' | 'holds' | 'equal' | 'left' | 'right' | 'difference', string>>;
  readonly answers: { readonly unknown: string; readonly yes: string; readonly no: string };
  readonly none: string;
  open(count: number): string;
  hold(known: number, all: number): string;
  differ(count: number, places: string): string;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Do the books balance?',
    counted: 'The two sides of an equation are counted apart; a single message of difference makes the run unknown.',
    caption: 'Equations; those that do not hold come first',
    columns: { where: 'where', holds: 'holds', equal: 'must be equal', left: 'left', right: 'right', difference: 'difference' },
    answers: { unknown: '? not known', yes: '✓ yes', no: '✗ no' },
    none: 'This result holds no equations.',
    open: (count) => `Of ${en.counted(count, { one: 'equation', other: 'equations' })} a side is not known.`,
    hold: (known, all) => `${en.whole(known)} of ${en.counted(all, { one: 'equation', other: 'equations' })} hold to the message.`,
    differ: (count, places) => `${en.counted(count, { one: 'equation does', other: 'equations do' })} not hold; the place is ${places}.`,
  },
  ru: {
    title: 'Сходится ли учёт?',
    counted: 'Стороны уравнения считаются порознь; расхождение хотя бы в одно сообщение делает вердикт неизвестным.',
    caption: 'Уравнения; сначала те, что не сходятся',
    columns: { where: 'где', holds: 'сходится', equal: 'что должно быть равно', left: 'слева', right: 'справа', difference: 'разность' },
    answers: { unknown: '? неизвестно', yes: '✓ да', no: '✗ нет' },
    none: 'В этом результате нет уравнений.',
    open: (count) => `Неизвестна одна из сторон: ${ru.counted(count, { one: 'уравнение', few: 'уравнения', other: 'уравнений' })}.`,
    hold: (known, all) =>
      `Сходятся до последнего сообщения: ${ru.whole(known)} из ${ru.counted(all, { one: 'уравнения', other: 'уравнений' })}.`,
    differ: (count, places) =>
      `Не сходится: ${ru.counted(count, { one: 'уравнение', few: 'уравнения', other: 'уравнений' })}; место расхождения: ${places}.`,
  },
};

/** The books: what must equal what, and where it does not. */
export function accountingSection({ equations }: Result, language: Language): Section {
  const { title, counted, caption, columns } = words[language];
  return {
    id: 'accounting',
    title,
    body: html`<p>${sentence(equations, words[language])} ${counted}</p>
${table({
  language,
  caption,
  rows: equations.toSorted((a, b) => rank(a) - rank(b)),
  rowClass: (row) => (row.holds === false ? 'differs' : ''),
  columns: [
    { title: columns.where, text: (row) => recorded(row.place, language) },
    { title: columns.holds, text: (row) => answer(row.holds, words[language]) },
    { title: columns.equal, text: (row) => recorded(row.name, language) },
    { title: columns.left, figure: (row) => row.left },
    { title: columns.right, figure: (row) => row.right },
    { title: columns.difference, figure: difference, show: (value) => signed(value, language) },
  ],
})}`,
  };
}

function sentence(equations: readonly Equation[], { none, open, hold, differ }: Words): string {
  const differing = equations.filter(({ holds }) => holds === false);
  const opened = equations.filter(({ holds }) => holds === null).length;
  if (equations.length === 0) return none;
  const places = [...new Set(differing.map(({ place }) => place))].join(', ');
  const first = differing.length === 0 ? hold(equations.length - opened, equations.length) : differ(differing.length, places);
  return opened === 0 ? first : `${first} ${open(opened)}`;
}

function rank({ holds }: Equation): number {
  return holds === false ? 0 : holds === null ? 1 : 2;
}

function difference({ left, right }: Equation): number | null {
  return left === null || right === null ? null : left - right;
}

function signed(value: number | null, language: Language): string {
  const { whole } = figuresIn(language);
  return value !== null && value > 0 ? `+${whole(value)}` : whole(value);
}

function answer(holds: boolean | null, { answers }: Words): string {
  return holds === null ? answers.unknown : holds ? answers.yes : answers.no;
}
