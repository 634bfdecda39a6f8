import * as v from 'valibot';
import { kinds } from '../routing/types.js';

/** Fields of the records of this folder, each with the words that stand in docs/result.md. */
export const said = <S extends v.GenericSchema>(schema: S, words: string) => v.pipe(schema, v.description(words));
export const count = (words: string) => said(v.pipe(v.number(), v.integer(), v.minValue(0)), words);
/** A whole number where messages were counted; a model expects fractions of them. */
export const messages = (words: string) => said(v.pipe(v.number(), v.minValue(0)), words);
export const maybe = <S extends v.GenericSchema>(schema: S, words: string) => said(v.nullable(schema), words);
export const figure = (words: string) => maybe(v.number(), words);

export function perKind<S extends v.GenericSchema>(schema: S) {
  return v.strictObject(Object.fromEntries(kinds.map((kind) => [kind, schema])) as Record<(typeof kinds)[number], S>);
}
