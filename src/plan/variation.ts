import { usage } from '../error.js';
import type { Size } from '../routing/types.js';

/** What a sweep can vary, by the name of its flag, and the member of a size that it sets. */
export const variables = { nodes: 'nodes', brokers: 'brokers', users: 'users', rate: 'ratePerSecond', bytes: 'bytes' } as const;
export type Variable = keyof typeof variables;
export const variableNames = Object.keys(variables) as readonly Variable[];

export interface Variation {
  readonly name: Variable;
  readonly values: readonly number[];
}

/** One size of a sweep: a value for each variable. */
export type Point = { readonly [Name in Variable]?: number | undefined };

/** `nodes=1,2,4,8`. Throws a usage error for anything else. */
export function readVariation(text: string): Variation {
  const [word = '', list = ''] = text.split('=');
  const name = variableNames.find((one) => one === word);
  const values = list.split(',').map((value) => numberOf(value.trim(), name));
  if (name === undefined || values.some((value) => value === undefined))
    throw usage(`--vary ${text || '""'} is no variation; give ${variableNames.join(', ')} and its values, like nodes=1,2,4,8`);
  const known = values.flatMap((value) => value ?? []);
  if (known.length < 2 || new Set(known).size < known.length)
    throw usage(`--vary ${text}: growth is seen between different values, at least two; like nodes=1,2,4,8`);
  return { name, values: known };
}

/** Only a rate may be a fraction. */
function numberOf(text: string, name: Variable | undefined): number | undefined {
  const pattern = name === 'rate' ? /^\d+(\.\d+)?$/ : /^\d+$/;
  return pattern.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

export function writeVariation({ name, values }: Variation): string {
  return `${name}=${values.join(',')}`;
}

/** Every combination of values, the last variable changing fastest. */
export function pointsOf(variations: readonly Variation[]): readonly Point[] {
  return variations.reduce<readonly Point[]>(
    (points, { name, values }) => points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

/** `nodes 4, brokers 2` */
export function pointInWords(point: Point): string {
  return Object.entries(point)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** What a size really has of each variable. */
export function pointOf(size: Size, names: readonly Variable[]): Point {
  return Object.fromEntries(names.map((name) => [name, size[variables[name]]]));
}
