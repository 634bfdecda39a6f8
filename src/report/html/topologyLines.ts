import { html, type Markup } from './markup.js';

/** Two columns of boxes, drawn narrow, so that a phone shows them at reading size. */
const width = 360;
export const box = { width: 138, height: 44, step: 56 } as const;
/** Beside a column, for the curves within it. */
const margin = 40;
/** So many rows fill that margin. */
const mostRows = 6;

export interface Place {
  readonly side: 'left' | 'right';
  readonly row: number;
}

export type Pair<Of extends Place = Place> = readonly [one: Of, other: Of];

export function cornerOf({ side, row }: Place): { readonly x: number; readonly y: number } {
  return { x: side === 'left' ? 0 : width - box.width, y: row * box.step };
}

/** Of the picture: with a margin only where there are curves. */
export function viewBoxOf(places: readonly Place[], lines: readonly Pair[]): string {
  const marginAt = (side: Place['side']) => (lines.some((pair) => pair.every((place) => place.side === side)) ? margin : 0);
  const height = box.step * Math.max(1, ...places.map(({ row }) => row + 1));
  return `${-marginAt('left')} 0 ${marginAt('left') + width + marginAt('right')} ${height}`;
}

/** Straight from column to column; within one a curve on its outer side. */
export function lineBetween([one, other]: Pair, kind: string): Markup {
  return one.side === other.side ? curve([one, other], kind) : straight([one, other], kind);
}

function straight([one, other]: Pair, kind: string): Markup {
  return html`<line class="${kind}" x1="${innerEdgeOf(one)}" y1="${middleOf(one)}" x2="${innerEdgeOf(other)}" y2="${middleOf(other)}"/>`;
}

/** The farther two boxes are apart, the farther out it goes; a cubic curve goes three quarters of the way to its control points. */
function curve([one, other]: Pair, kind: string): Markup {
  const rows = Math.abs(one.row - other.row);
  const reach = ((margin - 2) * Math.min(1, (rows + 1) / mostRows)) / 0.75;
  const edge = one.side === 'left' ? 0 : width;
  const control = one.side === 'left' ? -reach : width + reach;
  const [from, to] = [middleOf(one), middleOf(other)];
  return html`<path class="${kind}" d="M${edge} ${from} C${control.toFixed(1)} ${from} ${control.toFixed(1)} ${to} ${edge} ${to}"/>`;
}

function innerEdgeOf({ side }: Place): number {
  return side === 'left' ? box.width : width - box.width;
}

function middleOf(place: Place): number {
  return cornerOf(place).y + box.height / 2;
}
