import type { Trace, TracePlace } from '../../../measure/traceSchema.js';
import type { Language } from '../../language.js';
import { html, type Markup, nothing } from '../markup.js';
import type { Step } from './steps.js';
import { labelOf, words } from './words.js';

/** Drawn narrow, so that a phone shows it at reading size: from the sender at the top down to the recipients. */
const width = 360;
const rowHeight = 82;
const boxHeight = 30;
const gap = 8;
const widest = 96;
/** How far ways between the same two places are apart. */
const apart = 20;

interface Box {
  readonly place: TracePlace;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The places of a message and the ways it took between them; the page's script lets it move along these. */
export function sceneOf(trace: Trace, steps: readonly Step[], language: Language): Markup {
  const rows = rowsOf(trace);
  const boxes = new Map(rows.flatMap((row, index) => placed(row, index)).map((box) => [box.place.id, box] as const));
  const height = rows.length * rowHeight - (rowHeight - boxHeight) + 8;
  return html`<svg class="scene" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words[language].captions.scene}">
${ways(steps, boxes)}
${[...boxes.values()].map(drawn)}
<circle class="token" r="7" cx="0" cy="0" visibility="hidden"/>
</svg>`;
}

/** Orange only where nobody wanted it: colours are told apart by dashes too. */
export function toneOf({ what, wasted }: Step): string {
  if (wasted) return 'wasted';
  if (what === 'asked' || what === 'replied') return 'asked';
  return what === 'accepted' || what === 'acknowledged' || what === 'refused' ? 'answer' : 'way';
}

function rowsOf({ places }: Trace): readonly (readonly TracePlace[])[] {
  const [sender, ...others] = places;
  const isHome = ({ id, role }: TracePlace) => role === 'node' && id === sender?.node;
  const rest = (role: TracePlace['role']) => others.filter((place) => place.role === role && !isHome(place));
  const rows = [sender === undefined ? [] : [sender], others.filter(isHome), rest('broker'), rest('node'), rest('client')];
  return rows.filter((row) => row.length > 0);
}

function placed(row: readonly TracePlace[], index: number): readonly Box[] {
  const step = width / row.length;
  const wide = Math.min(widest, step - gap);
  return row.map((place, at) => ({ place, x: (at + 0.5) * step, y: 4 + index * rowHeight + boxHeight / 2, width: wide }));
}

function drawn({ place, x, y, width: wide }: Box): Markup {
  return html`<g class="place ${place.role}" data-place="${place.id}"><rect x="${rounded(x - wide / 2)}" y="${y - boxHeight / 2}" width="${rounded(wide)}" height="${boxHeight}" rx="6"/><text x="${rounded(x)}" y="${y + 4}">${labelOf(place)}</text></g>\n`;
}

/** Steps that go the same way are one line with all their numbers. */
function ways(steps: readonly Step[], boxes: ReadonlyMap<string, Box>): readonly Markup[] {
  const alike = new Map<string, [Step, ...number[]]>();
  for (const [index, step] of steps.entries()) {
    const key = [step.from, step.to, toneOf(step)].join(' ');
    const before = alike.get(key);
    if (before === undefined) alike.set(key, [step, index]);
    else before.push(index);
  }
  const seen = new Map<string, number>();
  return [...alike.values()].map(([step, ...indices]) => {
    const [from, to] = [boxes.get(step.from), boxes.get(step.to)];
    if (from === undefined || to === undefined) return nothing;
    const pair = [step.from, step.to].toSorted().join(' ');
    const before = seen.get(pair) ?? 0;
    seen.set(pair, before + 1);
    return way(toneOf(step), indices, between(from, to, before));
  });
}

interface Way {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

/** Each further way between two places is bent further, by turns to either side; so is one that passes over a row between. */
function between(from: Box, to: Box, before: number): Way {
  const side = before % 2 === 0 ? 1 : -1;
  const far = Math.abs(to.y - from.y) > rowHeight ? 2 : 0;
  const out = side * apart * (Math.ceil(before / 2) + far);
  const shift = Math.max(-from.width / 2 + 6, Math.min(from.width / 2 - 6, side * (before === 0 ? 0 : 8)));
  const [start, end] = [edge(from, to, shift), edge(to, from, shift)];
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const [normalX, normalY] = [Math.abs(end.y - start.y) / length, -Math.abs(end.x - start.x) / length];
  const bend = { x: (start.x + end.x) / 2 + normalX * out, y: (start.y + end.y) / 2 + normalY * out };
  return { from: start, bend: { x: Math.max(10, Math.min(width - 10, bend.x)), y: bend.y }, to: end };
}

/** Where a way leaves a box: below or above, or at its side where both are in one row. */
function edge(box: Box, other: Box, shift: number): Point {
  if (box.y === other.y) return { x: box.x + (Math.sign(other.x - box.x) * box.width) / 2, y: box.y + shift / 2 };
  return { x: box.x + shift, y: box.y + (Math.sign(other.y - box.y) * boxHeight) / 2 };
}

function way(tone: string, indices: readonly number[], { from, bend, to }: Way): Markup {
  const middle = { x: (from.x + 2 * bend.x + to.x) / 4, y: (from.y + 2 * bend.y + to.y) / 4 };
  const length = Math.hypot(to.x - bend.x, to.y - bend.y) || 1;
  const [dx, dy] = [(to.x - bend.x) / length, (to.y - bend.y) / length];
  const corner = (side: number) => `L${rounded(to.x - 8 * dx - side * 4 * dy)} ${rounded(to.y - 8 * dy + side * 4 * dx)}`;
  return html`<g class="step ${tone}" data-steps="${indices.join(' ')}"><path class="line" d="M${rounded(from.x)} ${rounded(from.y)} Q${rounded(bend.x)} ${rounded(bend.y)} ${rounded(to.x)} ${rounded(to.y)}"/><path class="head" d="M${rounded(to.x)} ${rounded(to.y)} ${corner(1)} ${corner(-1)} z"/>
<text class="number" x="${rounded(middle.x)}" y="${rounded(middle.y + 4)}">${numbersOf(indices)}</text></g>\n`;
}

/** As many as fit between two boxes. */
function numbersOf(indices: readonly number[]): string {
  const shown = indices.slice(0, 3).map((index) => index + 1);
  return shown.join(', ') + (indices.length > shown.length ? ' …' : '');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
