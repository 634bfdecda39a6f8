import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvText } from './csv.js';

const cellOf = (value: string | number | null) => parse(csvText(['value'], [[value]]), { record_delimiter: '\r\n' })[1]?.[0];

describe('CSV', () => {
  it('ends every record with CR LF and quotes what needs it, as RFC 4180 has it', () => {
    const text = csvText(
      ['a', 'b'],
      [
        ['one, "two"', 1.5],
        ['three\nfour', null],
      ],
    );
    expect(text).toBe('a,b\r\n"one, ""two""",1.5\r\n"three\nfour",\r\n');
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of the text %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  it.each(['a=1', ' x', 'n"0', 'two\r\nlines', '\ufeffbom', '日本'])('keeps the text %j as it is', (text) => {
    expect(cellOf(text)).toBe(text);
  });

  it('leaves a negative number a number, and what nobody knows empty', () => {
    expect(cellOf(-1.5)).toBe('-1.5');
    expect(csvText(['a', 'b'], [[null, 0]])).toBe('a,b\r\n,0\r\n');
  });
});
