/** Figures as text, in English, whatever the machine's language. `null` is a figure nobody knows. */
export const notKnown = '–';

type Figure = number | null;

function format(options: Intl.NumberFormatOptions): (value: Figure) => string {
  const formatter = new Intl.NumberFormat('en', options);
  return (value) => (value === null ? notKnown : formatter.format(value));
}

export const whole = format({ maximumFractionDigits: 0 });
export const hundredths = format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = format({
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
  maximumFractionDigits: 0,
});

/** Three digits that mean something, whatever the size: 0.123, 1.23, 12.3, 1,234. */
export function threeDigits(value: Figure): string {
  return value === 0 ? '0' : significant(value);
}

const short = format({ notation: 'compact', maximumSignificantDigits: 3 });

/** Three digits and a letter for figures of any size: 0.123, 123, 12.3K, 1.23M, 20T. */
export function compact(value: Figure): string {
  return value === 0 ? '0' : short(value);
}

export const percent = format({ style: 'percent', maximumFractionDigits: 1 });

const steps = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 1 kB is 1000 B. */
export function bytes(value: Figure): string {
  if (value === null) return notKnown;
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${step === 0 ? whole(value) : threeDigits(value / 1000 ** step)} ${steps[step]}`;
}

export function milliseconds(microseconds: Figure): string {
  return microseconds === null ? notKnown : threeDigits(microseconds / 1000);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}

/** How much of the whole a part is; null when either is not known or there is no whole. */
export function share(part: Figure, of: Figure): Figure {
  return part === null || of === null || of === 0 ? null : part / of;
}
