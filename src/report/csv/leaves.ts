import * as v from 'valibot';
import { distributionSchema } from '../../measure/distribution.js';
import { quantileName } from '../loads.js';

/** A figure and its place within what it is a figure of; null: nobody knows it. */
export type Leaf = readonly [figure: string, value: number | null];

/** All numbers of a record, by their places: `kinds.chat.published`. Of a distribution its quantiles, without the histogram. */
export function leavesOf(value: unknown, place = ''): readonly Leaf[] {
  if (value === null || typeof value === 'number') return [[place, value]];
  if (typeof value !== 'object') return [];
  const fields = v.is(distributionSchema, value) ? distributionFields(value) : Object.entries(value);
  return fields.flatMap(([name, field]) => leavesOf(field, place === '' ? name : `${place}.${name}`));
}

function distributionFields({ count, mean, max, quantiles }: v.InferOutput<typeof distributionSchema>): [string, unknown][] {
  return [['count', count], ['mean', mean], ...quantiles.map(([at, value]): [string, number] => [quantileName(at), value]), ['max', max]];
}
