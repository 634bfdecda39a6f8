import { sumKnown } from '../../measure/accounting.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn, notKnown } from '../numbers.js';
import { type Content, html, type Markup, nothing } from './markup.js';

interface Words {
  readonly all: string;
  readonly notKnown: string;
  more(rows: string): string;
}

const words: InEveryLanguage<Words> = {
  en: { all: 'all', notKnown: 'not known', more: (rows) => `and ${rows} more rows: all are in result.json` },
  ru: { all: 'всего', notKnown: 'неизвестно', more: (rows) => `и ещё строк: ${rows}; все они есть в result.json` },
};

/** A column of words, or of figures. Figures are set right and, unless `total` is false, summed in the last row. */
export type Column<Row> =
  | { readonly title: string; readonly text: (row: Row) => Content }
  | {
      readonly title: string;
      readonly figure: (row: Row) => number | null;
      readonly show?: (value: number | null) => string;
      readonly total?: false;
      /** Class of the cell of a row. */
      readonly shade?: (row: Row) => string;
      /** Why the figure of a row is not known. */
      readonly why?: (row: Row) => string | undefined;
    };

export interface Table<Row> {
  /** Absent: English. */
  readonly language?: Language;
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

/** More columns are printed on a sheet that lies on its side. */
const mostUpright = 8;

/** The first column is the head of each row. A wide table scrolls inside its frame, with keys too. */
export function table<Row>({ language = 'en', caption, columns, rows, totals = false, rowClass = () => '' }: Table<Row>): Markup {
  const body = rows
    .slice(0, mostRows)
    .map((row) => html`<tr class="${rowClass(row)}">${columns.map((column, index) => cell(language, column, row, index === 0))}</tr>\n`);
  const head = columns.map((column) => html`<th scope="col" class="${kindOf(column)}">${column.title}</th>`);
  const frame = columns.length > mostUpright ? 'frame wide' : 'frame';
  return html`<div class="${frame}" role="region" tabindex="0" aria-label="${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${head}</tr></thead>
<tbody>${body}${rest(language, columns.length, rows.length)}</tbody>
${totals && rows.length > 1 ? totalsOf(language, columns, rows) : nothing}</table></div>`;
}

function rest(language: Language, columns: number, rows: number): Content {
  if (rows <= mostRows) return nothing;
  return html`<tr><td colspan="${String(columns)}">${words[language].more(figuresIn(language).whole(rows - mostRows))}</td></tr>\n`;
}

function kindOf<Row>(column: Column<Row>): string {
  return 'figure' in column ? 'figure' : 'words';
}

function cell<Row>(language: Language, column: Column<Row>, row: Row, isHead: boolean): Markup {
  const shown = (of: Extract<Column<Row>, { figure: unknown }>) => (of.show ?? figuresIn(language).whole)(of.figure(row));
  const content = 'figure' in column ? figure(shown(column), column.why?.(row), language) : column.text(row);
  const shade = 'figure' in column ? (column.shade?.(row) ?? '') : '';
  return isHead ? html`<th scope="row">${content}</th>` : html`<td class="${[kindOf(column), shade].join(' ').trim()}">${content}</td>`;
}

function totalsOf<Row>(language: Language, columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  return html`<tfoot><tr>${columns.map((column, index) => totalCell(language, column, rows, index === 0))}</tr></tfoot>`;
}

function totalCell<Row>(language: Language, column: Column<Row>, rows: readonly Row[], isHead: boolean): Markup {
  if (isHead) return html`<th scope="row">${words[language].all}</th>`;
  if (!('figure' in column) || column.total === false) return html`<td></td>`;
  const total = (column.show ?? figuresIn(language).whole)(sumKnown(rows.map(column.figure)));
  return html`<td class="figure">${figure(total, undefined, language)}</td>`;
}

/** A dash that a screen reader says in words, with the reason where there is one. */
export function figure(text: string, why?: string, language: Language = 'en'): Content {
  if (text !== notKnown) return text;
  const unknown = why === undefined ? words[language].notKnown : `${words[language].notKnown}: ${why}`;
  return html`<abbr class="unknown" title="${unknown}" aria-label="${unknown}">${notKnown}</abbr>`;
}
