import * as v from 'valibot';
import { BenchError, unavailable } from '../error.js';
import { issuesInWords, parsed } from './json.js';

/** The text of a record of several runs; what does not have its shape is never written. */
export function recordText<S extends v.GenericSchema>(schema: S, what: string, record: v.InferInput<S>): string {
  const checked = v.safeParse(schema, record);
  if (!checked.success) throw new BenchError('bug', `[${what}] ${issuesInWords(checked.issues)}`);
  return `${JSON.stringify(checked.output, null, 2)}\n`;
}

/** The record in a text. `where` names the file in errors. */
export function readRecord<S extends v.GenericSchema>(schema: S, what: string, text: string, where: string): v.InferOutput<S> {
  const checked = v.safeParse(schema, parsed(text, where));
  if (checked.success) return checked.output;
  throw unavailable(`${where} is no ${what} of this bench: ${issuesInWords(checked.issues)}; run it again`);
}
