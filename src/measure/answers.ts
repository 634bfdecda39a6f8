import { usage } from '../error.js';
import { suggestion } from '../plan/nearest.js';
import type { Scenario } from '../plan/types.js';
import { resultSchema } from './result.js';

/** Throws unless a result has every field that the scenario says it is answered by: after the run it would only be missing. */
export function checkAnswers({ name, answeredBy }: Pick<Scenario, 'name' | 'answeredBy'>, file: string): void {
  for (const [index, place] of answeredBy.entries()) {
    const fault = faultOf(resultSchema, place.split('.'), 'a result');
    if (fault !== undefined)
      throw usage(`[${name}] answeredBy[${index}], ${place}: ${fault}; mend ${file}, fields stand in docs/result.md`);
  }
}

/** What is wrong with the way to a field below the schema; lists and maps are ends. */
function faultOf(schema: object, [name, ...others]: readonly string[], where: string): string | undefined {
  if (name === undefined) return undefined;
  const wrapped = 'wrapped' in schema ? schema.wrapped : undefined;
  if (typeof wrapped === 'object' && wrapped !== null) return faultOf(wrapped, [name, ...others], where);
  const entries = 'entries' in schema && typeof schema.entries === 'object' ? new Map(Object.entries(schema.entries ?? {})) : new Map();
  if (entries.size === 0) return `${where} has no fields`;
  const field: unknown = entries.get(name);
  if (typeof field !== 'object' || field === null) return `${where} has no field ${name}${suggestion(name, [...entries.keys()])}`;
  return faultOf(field, others, name);
}
