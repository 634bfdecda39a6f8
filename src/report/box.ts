import { html, type Markup } from './html/markup.js';

/** A rectangle of a picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function rightOf({ x, width }: Box): number {
  return x + width;
}

export function middleOf({ y, height }: Box): number {
  return y + height / 2;
}

export function straight(from: Box, to: Box): string {
  return `M${rightOf(from)} ${middleOf(from)} L${to.x} ${middleOf(to)}`;
}

export function arrowhead(as: string): Markup {
  return html`<marker id="${as}" class="head-${as}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker>`;
}
