import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { resultSchema } from '../measure/result.js';
import { resultDocs, rowsOf } from './docs.js';

describe('docs/result.md', () => {
  it('is what the schema says; `npx vitest run src/report/docs.test.ts -u` updates it', async () => {
    await expect(resultDocs()).toMatchFileSnapshot('../../docs/result.md');
  });

  it('gives every field a meaning', () => {
    const silent = rowsOf(resultSchema).filter(({ meaning }) => meaning === '');
    expect(silent.map(({ field }) => field)).toEqual([]);
  });

  it('has every field of the first level', () => {
    const fields = rowsOf(resultSchema).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(Object.keys(resultSchema.entries)));
  });

  it('tells type, null, lists and shared shapes', () => {
    const shared = v.strictObject({ count: v.pipe(v.number(), v.integer(), v.description('how many')) });
    const alike = v.strictObject({ x: v.string() });
    const schema = v.strictObject({
      first: shared,
      items: v.array(shared),
      again: v.nullable(shared),
      word: v.nullable(v.picklist(['a', 'b'])),
      pair: v.strictObject({ left: alike, right: alike }),
    });
    expect(rowsOf(schema)).toEqual([
      { field: 'first', type: 'object', meaning: '' },
      { field: 'first.count', type: 'whole number', meaning: 'how many' },
      { field: 'items', type: 'list, each as `first`', meaning: '' },
      { field: 'again', type: 'as `first` or null', meaning: '' },
      { field: 'word', type: '`a` or `b` or null', meaning: '' },
      { field: 'pair', type: 'object', meaning: '' },
      { field: 'pair.{left, right}', type: 'object', meaning: '' },
      { field: 'pair.*.x', type: 'string', meaning: '' },
    ]);
  });
});
