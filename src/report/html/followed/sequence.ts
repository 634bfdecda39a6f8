import type { Trace, TracePlace } from '../../../measure/traceSchema.js';
import type { Language } from '../../language.js';
import { figuresIn } from '../../numbers.js';
import { html, type Markup } from '../markup.js';
import { toneOf } from './scene.js';
import type { Step } from './steps.js';
import { labelOf, wordOf, words } from './words.js';

/** Narrow, so that a phone shows five lifelines without scrolling. */
const column = 64;
const left = 66;
const head = 40;
const row = 30;
const halfBox = 29;

/** A lifeline for each place and a row for each step, in order: rows are not to scale, times stand beside them. */
export function sequenceOf(trace: Trace, steps: readonly Step[], language: Language): Markup {
  const width = left + trace.places.length * column;
  const height = head + steps.length * row + 12;
  const xOf = new Map(trace.places.map(({ id }, index) => [id, left + (index + 0.5) * column]));
  const { captions } = words[language];
  return html`<div class="frame" role="region" tabindex="0" aria-label="${captions.sequence}"><svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">
${trace.places.map((place) => lifeline(place, xOf.get(place.id) ?? 0, height))}
${steps.map((step, index) => arrow(step, index, xOf, language))}
</svg></div>`;
}

function lifeline(place: TracePlace, x: number, height: number): Markup {
  return html`<g class="place ${place.role}"><line x1="${x}" y1="${head - 8}" x2="${x}" y2="${height - 6}"/><rect x="${x - halfBox}" y="4" width="${2 * halfBox}" height="26" rx="5"/><text x="${x}" y="21">${labelOf(place)}</text></g>\n`;
}

function arrow(step: Step, index: number, xOf: ReadonlyMap<string, number>, language: Language): Markup {
  const [from, to] = [xOf.get(step.from) ?? 0, xOf.get(step.to) ?? 0];
  const y = head + (index + 0.7) * row;
  const towards = Math.sign(to - from);
  const tip = to - towards * 3;
  const { short } = words[language];
  const copies = step.hop.copies === undefined ? '' : ` ×${step.hop.copies}`;
  return html`<g class="step ${toneOf(step)}" data-steps="${index}"><text class="time" x="4" y="${y + 4}">${index + 1}</text><text class="time end" x="${left - 8}" y="${y + 4}">${timeOf(step, language)}</text>
<path class="line" d="M${from} ${y} H${tip}"/><path class="head" d="M${tip} ${y} l${-towards * 8} -4 v8 z"/>
<text class="word" x="${(from + to) / 2}" y="${y - 5}">${short[wordOf(step)]}${copies}</text></g>\n`;
}

function timeOf({ departedMs, arrivedMs }: Step, language: Language): string {
  return figuresIn(language).hundredths(departedMs ?? arrivedMs);
}
