import { usage } from '../error.js';
import type { Options } from '../routing/types.js';
import { suggestion } from './nearest.js';

/** Whoever has options, with their defaults, and the flag that sets them. */
export interface Optioned {
  readonly name: string;
  readonly options?: Options;
}

export type OptionFlag = '--option' | '--set';

/** All options, with what `--option name=value` gave in place of the defaults: numbers stay numbers. */
export function chosenOptions({ name: owner, options = {} }: Optioned, given: Readonly<Record<string, string>>, flag: OptionFlag): Options {
  const chosen = Object.entries(given).map(([name, text]) => [name, chosenOption(owner, options, name, text, flag)]);
  return { ...options, ...Object.fromEntries(chosen) };
}

function chosenOption(owner: string, defaults: Options, name: string, text: string, flag: OptionFlag): number | string {
  const names = Object.keys(defaults);
  const standard = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (standard === undefined) {
    const known = names.length === 0 ? ', nor any other' : suggestion(name, names);
    throw usage(`[${owner}] has no option ${name}${known}`);
  }
  if (typeof standard === 'string') return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw usage(`[${owner}] option ${name} is a number, not "${text}"; e.g. ${flag} ${name}=${standard}`);
  return number;
}
