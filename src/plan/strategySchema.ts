import * as v from 'valibot';
import type { Strategy } from '../routing/types.js';
import { suggestion } from './nearest.js';
import { roomForms } from './types.js';

const someWords = 'must be words, at least one';
const words = v.pipe(v.string(someWords), v.nonEmpty(someWords));
const callable = v.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function');
const someForms = `must be a list of ${quoted(roomForms).join(' and ')}, each at most once; without it all can be run`;

/** Every field of a strategy, each with what it must be; what a strategy's functions return is the contract's matter. */
const entries = {
  name: words,
  title: words,
  summary: words,
  claim: v.optional(words),
  control: v.optional(words),
  when: v.optional(v.strictObject({ use: words, avoid: words }, 'must be { use, avoid }, a sentence or two each')),
  options: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]*$/, 'must have a name that --option can give: letters, digits, - and _')),
      v.union([v.pipe(v.number(), v.finite()), words], 'must be the default, a number or a word'),
      'must be { name: default }',
    ),
  ),
  mesh: v.optional(v.literal(true, 'must be true, or absent where nodes do not speak to each other')),
  rooms: v.optional(
    v.pipe(
      v.array(v.picklist(roomForms, `must be ${quoted(roomForms).join(' or ')}`), someForms),
      v.nonEmpty(someForms),
      v.check((forms) => new Set(forms).size === forms.length, someForms),
    ),
  ),
  fixedNodes: v.optional(v.pipe(v.string('must say why no node can come or go'), v.nonEmpty('must say why no node can come or go'))),
  fit: v.optional(callable),
  brokers: callable,
  route: callable,
} satisfies Record<keyof Strategy, unknown>;

const strategySchema = v.strictObject(entries);
const fields = Object.keys(entries);

/** What is wrong with a default export, one field each; empty: it has the shape of a strategy. */
export function wrongFields(exported: object): string[] {
  const { issues = [] } = v.safeParse(strategySchema, exported);
  return issues.map((issue) => `${v.getDotPath(issue)}: ${problem(issue)}`);
}

function problem(issue: v.BaseIssue<unknown>): string {
  const isField = issue.path?.at(-1)?.origin === 'key' || issue.type === 'strict_object';
  if (isField && issue.expected === 'never') return `is no field${suggestion(String(issue.path?.at(-1)?.key), fieldsBeside(issue))}`;
  if (issue.type === 'strict_object' && issue.received === 'undefined') return 'is missing';
  return issue.type === 'non_empty' ? `${issue.message}, and is empty` : `${issue.message}, not ${issue.received}`;
}

function fieldsBeside(issue: v.BaseIssue<unknown>): readonly string[] {
  return issue.path?.length === 1 ? fields : ['use', 'avoid'];
}

function quoted(all: readonly string[]): string[] {
  return all.map((word) => `"${word}"`);
}
