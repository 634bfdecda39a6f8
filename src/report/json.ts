import * as v from 'valibot';
import { BenchError, unavailable, wordsOf } from '../error.js';
import { type Result, resultSchema } from '../measure/result.js';
import { eachResult } from './each.js';

export const jsonReporter = eachResult('json', async (result) => [{ path: 'result.json', content: resultText(result) }]);

/** The text of result.json: fields in the order of the schema, pairs of numbers on one line. What is no result is never written. */
export function resultText(result: Result): string {
  // JSON text has line breaks between tokens only, so this cannot touch a string.
  return `${JSON.stringify(checked(result), finite, 2).replaceAll(/\[\n\s+([-\d.e+]+),\n\s+([-\d.e+]+)\n\s+\]/g, '[$1, $2]')}\n`;
}

/** The same on one line, for lists of many. */
export function checkedText(result: Result): string {
  return JSON.stringify(checked(result), finite);
}

function checked(result: Result): Result {
  const parsed = v.safeParse(resultSchema, result);
  if (!parsed.success) throw new BenchError('bug', `[result] ${issuesInWords(parsed.issues)}`);
  return parsed.output;
}

/** JSON would turn Infinity into null, which means something else here. */
function finite(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new BenchError('bug', `[result] ${key} is ${value}; a figure nobody knows is null`);
}

/** The result in a text. `where` names the file in errors. */
export function readResult(text: string, where: string): Result {
  const value = parsed(text, where);
  checkVersion(value, where);
  const checked = v.safeParse(resultSchema, value);
  if (checked.success) return checked.output;
  throw unavailable(`${where} is no result of this bench: ${issuesInWords(checked.issues)}; run again or fetch it anew`);
}

export function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (isCutOff(text)) throw unavailable(`${where} is cut off at byte ${Buffer.byteLength(text)}: run again or fetch it anew`, error);
    throw unavailable(`${where} is not JSON (${wordsOf(error)}): run again or fetch it anew`, error);
  }
}

/** Something is open at the end: a string, an object or a list. */
function isCutOff(text: string): boolean {
  const bare = text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '');
  const occurrences = (pattern: RegExp) => bare.match(pattern)?.length ?? 0;
  return bare.trim() === '' || bare.includes('"') || occurrences(/[{[]/g) > occurrences(/[}\]]/g);
}

function checkVersion(value: unknown, where: string): void {
  const here = resultSchema.entries.schema.literal;
  const found = v.safeParse(v.looseObject({ schema: v.number() }), value);
  if (!found.success) throw unavailable(`${where} is no result of bench: it has no number "schema"; give the path of a result.json`);
  if (found.output.schema === here) return;
  throw unavailable(
    `${where} has schema ${found.output.schema}, this bench reads schema ${here}: ` +
      'run again, or read it with the version of bench that wrote it (see its environment.commit)',
  );
}

const shownIssues = 5;

export function issuesInWords(issues: readonly v.BaseIssue<unknown>[]): string {
  const words = issues.slice(0, shownIssues).map((issue) => `${v.getDotPath(issue) ?? 'the whole'} ${problem(issue)}`);
  return [...words, ...(issues.length > shownIssues ? [`and ${issues.length - shownIssues} more`] : [])].join('; ');
}

function problem({ type, expected, received }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && received === 'undefined') return 'is missing';
  if (type === 'strict_object' && expected === 'never') return 'is no field of a result';
  return `must be ${expected}, is ${received}`;
}
