import { sumKnown } from '../../measure/accounting.js';
import { notKnown, whole } from '../numbers.js';
import { type Content, html, type Markup, nothing } from './markup.js';

/** A column of words, or of figures. Figures are set right and, unless `total` is false, summed in the last row. */
export type Column<Row> =
  | { readonly title: string; readonly text: (row: Row) => Content }
  | {
      readonly title: string;
      readonly figure: (row: Row) => number | null;
      readonly show?: (value: number | null) => string;
      readonly total?: false;
      /** Why the figure of a row is not known. */
      readonly why?: (row: Row) => string | undefined;
    };

export interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Adds a row of sums; of one row there is nothing to add up. */
  readonly totals?: boolean;
  /** Class of a row that must catch the eye. */
  readonly rowClass?: (row: Row) => string;
}

/** A page with more rows takes longer to open than anybody reads it; all of them are in result.json. */
export const mostRows = 200;

/** The first column is the head of each row. A wide table scrolls inside its frame, with keys too. */
export function table<Row>({ caption, columns, rows, totals = false, rowClass = () => '' }: Table<Row>): Markup {
  const body = rows
    .slice(0, mostRows)
    .map((row) => html`<tr class="${rowClass(row)}">${columns.map((column, index) => cell(column, row, index === 0))}</tr>\n`);
  const head = columns.map((column) => html`<th scope="col" class="${kindOf(column)}">${column.title}</th>`);
  return html`<div class="frame" role="region" tabindex="0" aria-label="${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${head}</tr></thead>
<tbody>${body}${rest(columns.length, rows.length)}</tbody>
${totals && rows.length > 1 ? totalsOf(columns, rows) : nothing}</table></div>`;
}

function rest(columns: number, rows: number): Content {
  if (rows <= mostRows) return nothing;
  return html`<tr><td colspan="${String(columns)}">and ${whole(rows - mostRows)} more rows: all are in result.json</td></tr>\n`;
}

function kindOf<Row>(column: Column<Row>): string {
  return 'figure' in column ? 'figure' : 'words';
}

function cell<Row>(column: Column<Row>, row: Row, isHead: boolean): Markup {
  const content = 'figure' in column ? figure((column.show ?? whole)(column.figure(row)), column.why?.(row)) : column.text(row);
  return isHead ? html`<th scope="row">${content}</th>` : html`<td class="${kindOf(column)}">${content}</td>`;
}

function totalsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  return html`<tfoot><tr>${columns.map((column, index) => totalCell(column, rows, index === 0))}</tr></tfoot>`;
}

function totalCell<Row>(column: Column<Row>, rows: readonly Row[], isHead: boolean): Markup {
  if (isHead) return html`<th scope="row">all</th>`;
  if (!('figure' in column) || column.total === false) return html`<td></td>`;
  return html`<td class="figure">${figure((column.show ?? whole)(sumKnown(rows.map(column.figure))))}</td>`;
}

/** A dash that a screen reader says in words, with the reason where there is one. */
export function figure(text: string, why?: string): Content {
  if (text !== notKnown) return text;
  const words = why === undefined ? 'not known' : `not known: ${why}`;
  return html`<abbr class="unknown" title="${words}" aria-label="${words}">${notKnown}</abbr>`;
}
