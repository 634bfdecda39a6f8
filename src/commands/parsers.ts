import { InvalidArgumentError } from 'commander';
import { usage } from '../error.js';

/** Parsers of flags: what they take, or words that say what they would. */
export function wholeNumber(smallest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < smallest || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`It takes a whole number from ${smallest} on, like ${Math.max(smallest, 4)}.`);
    }
    return value;
  };
}

/** A whole number from 1 on that may be written like 5e6. */
export function count(text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?(?:e\+?\d+)?$/i.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('It takes a whole number from 1 on, like 4, 10000 or 5e6.');
  }
  return value;
}

export function port(text: string): number {
  const value = wholeNumber(0)(text);
  if (value > 65_535) throw new InvalidArgumentError('It takes a port from 0 to 65535.');
  return value;
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, '': 1, m: 60, h: 3600 };

/** `10s`, `500ms`, `2m`, `10`: seconds. */
export function duration(text: string): number {
  const seconds = durationOrNone(text);
  if (seconds <= 0) throw new InvalidArgumentError('It takes a time, like 10s, 500ms or 2m.');
  return seconds;
}

/** A duration, or 0 for none. */
export function durationOrNone(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It takes a time, like 10s, 500ms or 2m.');
  return Number(match[1]) * (unitSeconds[match[2] ?? ''] ?? 0);
}

/** Milliseconds, or 0 for none. */
export function milliseconds(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value <= most) return value;
    throw new InvalidArgumentError(`It takes milliseconds from 0 to ${most}, like 0.5.`);
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It takes a number above 0, like 1000.');
  return value;
}

/** `name=value`, again and again. */
export function nameAndValue(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It takes name=value, like groups=2.');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/**
 * URLs separated by commas. Not a parser of the flag itself: that would show the text, which may hold a password, in its error.
 */
export function redisUrls(flag: string, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const urls = text.split(',').map((url) => url.trim());
  for (const [index, url] of urls.entries()) {
    if (URL.canParse(url) && ['redis:', 'rediss:'].includes(new URL(url).protocol)) continue;
    throw usage(`${flag}: address ${index + 1} is no redis:// or rediss:// URL, like redis://127.0.0.1:6379`);
  }
  return urls;
}
