import type { InEveryLanguage, Language } from './language.js';

/** Figures as text, in English, whatever the machine's language; `figuresIn` has them in others. `null` is a figure nobody knows. */
export const notKnown = '–';

export type Figure = number | null;

/** How a language writes figures. */
export interface Figures {
  whole(value: Figure): string;
  hundredths(value: Figure): string;
  /** Three digits that mean something, whatever the size: 0.123, 1.23, 12.3, 1,234. */
  threeDigits(value: Figure): string;
  /** Three digits and a letter or a word for figures of any size: 0.123, 123, 12.3K, 1.23M, 20T. */
  compact(value: Figure): string;
  percent(value: Figure): string;
  /** Decimal units: 1 kB is 1000 B. */
  bytes(value: Figure): string;
  /** Of microseconds. */
  milliseconds(value: Figure): string;
  /** The number with the form of the word that goes with it. */
  counted(value: number, forms: Forms): string;
  /** That form alone. */
  form(value: number, forms: Forms): string;
}

/** Forms of a word by the rules of its language: English has one and other, Russian one (1 узел), few (2 узла) and many (5 узлов). */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

const steps: InEveryLanguage<readonly string[]> = { en: ['B', 'kB', 'MB', 'GB', 'TB'], ru: ['Б', 'кБ', 'МБ', 'ГБ', 'ТБ'] };

function made(language: Language): Figures {
  const format = (options: Intl.NumberFormatOptions) => {
    const formatter = new Intl.NumberFormat(language, options);
    return (value: Figure) => (value === null ? notKnown : formatter.format(value));
  };
  const whole = format({ maximumFractionDigits: 0 });
  const significant = format({
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
    roundingPriority: 'morePrecision',
    maximumFractionDigits: 0,
  });
  const short = format({ notation: 'compact', maximumSignificantDigits: 3 });
  const threeDigits = (value: Figure) => (value === 0 ? '0' : significant(value));
  const rules = new Intl.PluralRules(language);
  const form = (value: number, forms: Forms) => forms[rules.select(value)] ?? forms.other;
  return {
    whole,
    hundredths: format({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    threeDigits,
    compact: (value) => (value === 0 ? '0' : short(value)),
    percent: format({ style: 'percent', maximumFractionDigits: 1 }),
    bytes(value) {
      if (value === null) return notKnown;
      const step = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      return `${step === 0 ? whole(value) : threeDigits(value / 1000 ** step)} ${steps[language][step]}`;
    },
    milliseconds: (value) => (value === null ? notKnown : threeDigits(value / 1000)),
    form,
    counted: (value, forms) => `${whole(value)} ${form(value, forms)}`,
  };
}

const figures: InEveryLanguage<Figures> = { en: made('en'), ru: made('ru') };

export function figuresIn(language: Language): Figures {
  return figures[language];
}

export const { whole, hundredths, threeDigits, compact, percent, bytes, milliseconds } = figures.en;

export function plural(value: number, one: string, many = `${one}s`): string {
  return figures.en.counted(value, { one, other: many });
}

/** How much of the whole a part is; null when either is not known or there is no whole. */
export function share(part: Figure, of: Figure): Figure {
  return part === null || of === null || of === 0 ? null : part / of;
}
