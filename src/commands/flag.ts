import { Option } from 'commander';
import type { Request } from '../plan/plan.js';
import type { Size } from '../routing/types.js';

/** What a run was asked for, every default filled in; from this its command can be said again. */
export interface Asked extends Omit<Request, 'command' | 'size'> {
  readonly size: Size;
}

type Word = string | number;

/** One flag: what commander must know of it, and how it is given again. `Value` is what the command gets. */
export interface Flag<Value> {
  /** `<n>`; none: a switch. */
  readonly takes?: string;
  readonly words: string;
  readonly parse?: (text: string, before: Value) => Value;
  readonly choices?: readonly string[];
  readonly standard?: Value;
  /** Variable of the environment that may hold the value instead; an empty one holds none. */
  readonly variable?: string;
  /** What it is given with to repeat a run; none: it plays no part in what a run measures. */
  readonly again?: (asked: Asked) => Word | readonly Word[] | null;
}

/** Fixes the type of a flag's value, which a table of flags would lose. */
export function flag<Value>(of: Flag<Value>): Flag<Value> {
  return of;
}

/** What a command gets for a table of flags. */
export type ValuesOf<Table> = { readonly [Name in keyof Table]: Table[Name] extends Flag<infer Value> ? Value : never };

export function optionsOf(flags: object): Option[] {
  return Object.entries(flags as Readonly<Record<string, Flag<unknown>>>).map(([name, of]) => optionOf(name, of));
}

function optionOf(name: string, { takes, words, parse, choices, standard, variable }: Flag<unknown>): Option {
  const option = new Option([`--${dashed(name)}`, ...(takes === undefined ? [] : [takes])].join(' '), words);
  if (parse !== undefined) option.argParser(parse);
  if (choices !== undefined) option.choices(choices);
  if (standard !== undefined) option.default(standard);
  if (variable !== undefined && process.env[variable] !== '') option.env(variable);
  return option;
}

/** `--name value`, for every flag that plays a part. */
export function flagsAgain(flags: object, asked: Asked): string[] {
  return Object.entries(flags as Readonly<Record<string, Flag<unknown>>>).flatMap(([name, { again }]) => {
    const words = [again?.(asked) ?? []].flat();
    return words.map((word) => `--${dashed(name)} ${quoted(String(word))}`);
  });
}

/** `controlPort` -> `control-port`, as commander has it the other way round. */
export function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Safe to paste into a shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
