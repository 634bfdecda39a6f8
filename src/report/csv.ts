import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/**
 * A table as RFC 4180 has it; null is an empty cell. A spreadsheet runs text that begins like a formula, so such text gets an
 * apostrophe in front; numbers stay numbers.
 */
export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([[...head], ...rows.map((row) => [...row])], {
    record_delimiter: 'windows',
    escape_formulas: true,
    quoted_match: /[\r\n\t]/,
  });
}
