import type { Language } from '../language.js';
import { type Content, html, Markup, nothing, recorded } from './markup.js';

/** Lines over two axes as plain SVG: drawn narrow, so that a phone shows it at reading size, and there without JavaScript. */
const width = 440;
const height = 300;
const frame = { left: 58, right: width - 12, top: 12, bottom: height - 46 } as const;

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Axis {
  readonly title: string;
  readonly scale: 'linear' | 'logarithmic';
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
}

export type Tone = 'blue' | 'orange' | 'green' | 'purple' | 'sky' | 'vermillion';

export interface Line {
  readonly label: string;
  readonly tone: Tone;
  readonly dashed?: boolean;
  /** Where a value is not known the line is interrupted. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

/** What happened at a moment, as a line across. */
export interface Mark {
  readonly at: number;
  readonly words: string;
}

export interface Plot {
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly horizontal: Axis;
  readonly vertical: Axis;
  readonly lines: readonly Line[];
  readonly marks?: readonly Mark[];
}

export function plot({ title, description, horizontal, vertical, lines, marks = [] }: Plot, language: Language): Markup {
  const x = scaleOf(horizontal, frame.left, frame.right);
  const y = scaleOf(vertical, frame.bottom, frame.top);
  return html`<figure class="plot"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${`${title}. ${description}`}">
${vertical.ticks.map((tick) => horizontalTick(tick, y))}
${horizontal.ticks.map((tick) => verticalTick(tick, x))}
${titles(horizontal, vertical)}
${lines.map((line) => html`<path class="line ${line.tone}${line.dashed ? ' dashed' : ''}" d="${pathOf(line, x, y)}"/>\n`)}
${marks.map((mark, index) => markOf(mark, index, x))}
</svg>
${keys(lines)}${markWords(marks, language)}</figure>`;
}

type Scale = (value: number) => number;

/** From a value to a place, at a tenth of a unit. */
function scaleOf({ scale, from, to }: Axis, low: number, high: number): Scale {
  const of = scale === 'linear' ? (value: number) => value : (value: number) => Math.log10(Math.max(value, Number.MIN_VALUE));
  const [first, last] = [of(from), of(to)];
  const span = last === first ? 1 : last - first;
  return (value) => Math.round((low + ((of(value) - first) / span) * (high - low)) * 10) / 10;
}

function horizontalTick({ at, label }: Tick, y: Scale): Markup {
  return html`<line class="grid" x1="${frame.left}" y1="${y(at)}" x2="${frame.right}" y2="${y(at)}"/><text class="tick end" x="${frame.left - 6}" y="${y(at) + 4}">${label}</text>\n`;
}

function verticalTick({ at, label }: Tick, x: Scale): Markup {
  return html`<line class="grid" x1="${x(at)}" y1="${frame.top}" x2="${x(at)}" y2="${frame.bottom}"/><text class="tick middle" x="${x(at)}" y="${frame.bottom + 16}">${label}</text>\n`;
}

function titles(horizontal: Axis, vertical: Axis): Markup {
  const middle = (frame.top + frame.bottom) / 2;
  return html`<text class="tick middle" x="${(frame.left + frame.right) / 2}" y="${height - 8}">${horizontal.title}</text><text class="tick middle" transform="translate(13 ${middle}) rotate(-90)">${vertical.title}</text>\n`;
}

function pathOf({ points }: Line, x: Scale, y: Scale): string {
  let pen = 'M';
  const steps: string[] = [];
  for (const point of points) {
    if (point.y === null) pen = 'M';
    else {
      steps.push(`${pen}${x(point.x)} ${y(point.y)}`);
      pen = 'L';
    }
  }
  return steps.join('');
}

function markOf({ at }: Mark, index: number, x: Scale): Markup {
  return html`<line class="mark" x1="${x(at)}" y1="${frame.top}" x2="${x(at)}" y2="${frame.bottom}"/><text class="mark middle" x="${x(at)}" y="${frame.top + 10}">${index + 1}</text>\n`;
}

/** Colour and dashes together, so that neither is the only sign. */
function keys(lines: readonly Line[]): Markup {
  const swatch = ({ tone, dashed }: Line) =>
    html`<svg viewBox="0 0 28 10" class="swatch" aria-hidden="true"><path class="line ${tone}${dashed ? ' dashed' : ''}" d="M1 5L27 5"/></svg>`;
  return html`<ul class="legend">${lines.map((line) => html`<li>${swatch(line)} ${line.label}</li>`)}</ul>`;
}

function markWords(marks: readonly Mark[], language: Language): Markup {
  return marks.length === 0
    ? nothing
    : html`<ol class="marks">${marks.map(({ words }): Content => html`<li>${recorded(words, language)}</li>`)}</ol>`;
}

/** Powers of ten between two values; of less than two decades also 2 and 5 times those. */
export function logarithmicTicks(from: number, to: number, words: (value: number) => string): readonly Tick[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const factors = high - low > 3 ? [1] : [1, 2, 5];
  const decades = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return decades
    .flatMap((decade) => factors.map((factor) => factor * decade))
    .filter((at) => at >= from * 0.999 && at <= to * 1.001)
    .map((at) => ({ at, label: words(at) }));
}

/** About five round steps from 0 to a value or a little beyond. */
export function linearTicks(to: number, words: (value: number) => string): readonly Tick[] {
  const rough = Math.max(to, Number.MIN_VALUE) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.ceil(to / step - 1e-9) + 1 }, (_, index) => ({ at: index * step, label: words(index * step) }));
}

/** Side by side where there is room. */
export function plots(of: readonly Markup[]): Markup {
  return new Markup(`<div class="plots">${of.map(({ text }) => text).join('\n')}</div>`);
}
