import * as v from 'valibot';
import { BenchError } from '../error.js';
import { resultSchema } from '../measure/result.js';

/** docs/result.md, generated from the schema that guards result.json: every field with its type and meaning. */
export function resultDocs(): string {
  return `# result.json

Generated from \`src/measure/result.ts\`; \`npx vitest run src/report/docs.test.ts -u\` writes it anew.

One record for live, simulated and modelled runs, schema version ${resultSchema.entries.schema.literal}. \`null\` stands where a source cannot know; why is in \`unknowns\`.
Units are in the names: \`Us\` microseconds, \`Ms\` milliseconds, \`Bytes\` bytes, \`PerSecond\` per second. \`[]\` is each item of a list, \`{a, b}\` stands for
fields that are alike, and \`*\` for each of them. The fields of \`plan\` are described in \`src/plan/types.ts\`.

| field | type | meaning |
|---|---|---|
${rowsOf(resultSchema).map(line).join('\n')}
`;
}

export interface Row {
  readonly field: string;
  readonly type: string;
  readonly meaning: string;
}

function line({ field, type, meaning }: Row): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return `| \`${field}\` | ${cell(type)} | ${cell(meaning)} |`;
}

/** A row for every field below the schema, in its order. A shape that stands in several places is spelled out at the first. */
export function rowsOf(schema: v.GenericSchema): readonly Row[] {
  return below('', schema, new Map());
}

/** Where each object was spelled out. */
type Seen = Map<v.GenericSchema, string>;

function below(path: string, schema: v.GenericSchema, seen: Seen): readonly Row[] {
  if (seen.has(schema) && seen.get(schema) !== path) return [];
  const shape = shapeOf(schema);
  if (shape.type === 'nullable' || shape.type === 'optional') return below(path, shape.wrapped, seen);
  if (shape.type === 'array') return below(`${path}[]`, shape.item, seen);
  if (shape.type !== 'strict_object') return [];
  const prefix = path === '' ? '' : `${path}.`;
  return groups(shape.entries).flatMap(([names, field]) => rowsOfField(prefix, names, field, seen));
}

function rowsOfField(prefix: string, names: readonly string[], schema: v.GenericSchema, seen: Seen): readonly Row[] {
  const field = prefix + (names.length === 1 ? names[0] : `{${names.join(', ')}}`);
  const row = { field, type: typeOf(schema, seen), meaning: v.getDescription(schema) ?? v.getDescription(withoutNull(schema)) ?? '' };
  const core = withoutNull(schema);
  if (seen.has(core)) return [row];
  const path = names.length === 1 ? field : `${prefix}*`;
  if (shapeOf(core).type === 'strict_object') seen.set(core, path);
  return [row, ...below(path, core, seen)];
}

/** Fields that share one schema, like those by kind of traffic, stand in one row. */
function groups(entries: Readonly<Record<string, v.GenericSchema>>): readonly (readonly [readonly string[], v.GenericSchema])[] {
  const [first, ...others] = Object.values(entries);
  const isOne = first !== undefined && others.length > 0 && others.every((other) => other === first);
  return isOne ? [[Object.keys(entries), first]] : Object.entries(entries).map(([name, field]) => [[name], field]);
}

function withoutNull(schema: v.GenericSchema): v.GenericSchema {
  const shape = shapeOf(schema);
  return shape.type === 'nullable' || shape.type === 'optional' ? shape.wrapped : schema;
}

function typeOf(schema: v.GenericSchema, seen: Seen): string {
  const first = seen.get(schema);
  if (first !== undefined) return `as \`${first}\``;
  const shape = shapeOf(schema);
  switch (shape.type) {
    case 'nullable':
      return `${typeOf(shape.wrapped, seen)} or null`;
    case 'optional':
      return `${typeOf(shape.wrapped, seen)}, may be missing`;
    case 'array':
      return `list${seen.has(shape.item) ? ', each' : ' of'} ${typeOf(shape.item, seen)}`;
    case 'tuple':
      return `pair (${shape.items.map((item) => typeOf(item, seen)).join(', ')})`;
    case 'record':
      return `object of ${typeOf(shape.value, seen)} by name`;
    case 'union':
      return shape.options.map((option) => typeOf(option, seen)).join(' or ');
    case 'picklist':
      return shape.options.map((option) => `\`${option}\``).join(' or ');
    case 'literal':
      return `\`${String(shape.literal)}\``;
    case 'number':
      return isWhole(shape) ? 'whole number' : 'number';
    case 'strict_object':
    case 'custom':
      return 'object';
    case 'string':
    case 'boolean':
      return shape.type;
  }
}

/** The kinds of valibot schemas that a result is made of; valibot's own types leave open which one a GenericSchema is. */
type Shape =
  | { readonly type: 'strict_object'; readonly entries: Readonly<Record<string, v.GenericSchema>> }
  | { readonly type: 'nullable' | 'optional'; readonly wrapped: v.GenericSchema }
  | { readonly type: 'array'; readonly item: v.GenericSchema }
  | { readonly type: 'tuple'; readonly items: readonly v.GenericSchema[] }
  | { readonly type: 'record'; readonly value: v.GenericSchema }
  | { readonly type: 'union'; readonly options: readonly v.GenericSchema[] }
  | { readonly type: 'picklist'; readonly options: readonly string[] }
  | { readonly type: 'literal'; readonly literal: unknown }
  | { readonly type: 'number'; readonly pipe?: readonly Step[] }
  | { readonly type: 'string' | 'boolean' | 'custom' };

const shapes: ReadonlySet<string> = new Set<Shape['type']>([
  ...(['strict_object', 'nullable', 'optional', 'array', 'tuple', 'record', 'union', 'picklist', 'literal'] as const),
  ...(['number', 'string', 'boolean', 'custom'] as const),
]);

function shapeOf(schema: v.GenericSchema): Shape {
  if (isShape(schema)) return schema;
  throw new BenchError('bug', `[docs] a result may not hold a ${schema.type}: teach src/report/docs.ts to describe it`);
}

function isShape(schema: { readonly type: string }): schema is Shape {
  return shapes.has(schema.type);
}

/** A step of a pipe; the first may be a pipe again. */
interface Step {
  readonly type: string;
  readonly pipe?: readonly Step[];
}

function isWhole({ type, pipe = [] }: Step): boolean {
  return type === 'integer' || pipe.some(isWhole);
}
