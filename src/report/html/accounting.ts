import type { Equation, Result } from '../../measure/result.js';
import { plural, whole } from '../numbers.js';
import { html } from './markup.js';
import type { Section } from './section.js';
import { table } from './table.js';

/** The books: what must equal what, and where it does not. */
export function accountingSection({ equations }: Result): Section {
  return {
    id: 'accounting',
    title: 'Do the books balance?',
    body: html`<p>${sentence(equations)} The two sides of an equation are counted apart; a single message of difference makes the run unknown.</p>
${table({
  caption: 'Equations; those that do not hold come first',
  rows: equations.toSorted((a, b) => rank(a) - rank(b)),
  rowClass: (row) => (row.holds === false ? 'differs' : ''),
  columns: [
    { title: 'where', text: (row) => row.place },
    { title: 'holds', text: (row) => answer(row.holds) },
    { title: 'must be equal', text: (row) => row.name },
    { title: 'left', figure: (row) => row.left },
    { title: 'right', figure: (row) => row.right },
    { title: 'difference', figure: difference, show: signed },
  ],
})}`,
  };
}

function sentence(equations: readonly Equation[]): string {
  const differ = equations.filter(({ holds }) => holds === false);
  const open = equations.filter(({ holds }) => holds === null);
  const unknown = open.length > 0 ? ` Of ${plural(open.length, 'equation')} a side is not known.` : '';
  if (equations.length === 0) return 'This result holds no equations.';
  if (differ.length === 0)
    return `${whole(equations.length - open.length)} of ${plural(equations.length, 'equation')} hold to the message.${unknown}`;
  const places = [...new Set(differ.map(({ place }) => place))].join(', ');
  return `${plural(differ.length, 'equation does', 'equations do')} not hold; the place is ${places}.${unknown}`;
}

function rank({ holds }: Equation): number {
  return holds === false ? 0 : holds === null ? 1 : 2;
}

function difference({ left, right }: Equation): number | null {
  return left === null || right === null ? null : left - right;
}

function signed(value: number | null): string {
  return value !== null && value > 0 ? `+${whole(value)}` : whole(value);
}

function answer(holds: boolean | null): string {
  return holds === null ? '? not known' : holds ? '✓ yes' : '✗ no';
}
