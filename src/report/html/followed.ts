import type { Result } from '../../measure/result.js';
import type { Trace } from '../../measure/traceSchema.js';
import type { Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { sceneOf, toneOf } from './followed/scene.js';
import { sequenceOf } from './followed/sequence.js';
import { type Step, stepsOf } from './followed/steps.js';
import { sentenceOf, timesOf, words } from './followed/words.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import type { Section } from './section.js';

/** What became of one message of each kind, step by step; nothing where none was followed. */
export function followedSection({ traces = [], source }: Pick<Result, 'traces' | 'source'>, language: Language): readonly Section[] {
  if (traces.length === 0) return [];
  const { title, about, simulated } = words[language];
  const body = html`<p>${source === 'live' ? about : simulated}</p>
${traces.map((trace, index) => followed(trace, `followed-${index}`, language))}`;
  return [{ id: 'followed', title, body }];
}

/** The same of several strategies, beside each other; the pages of their runs have it as a sequence too. */
export function followedInEach(runs: readonly Run[], language: Language): readonly Section[] {
  const traced = runs.flatMap(({ strategy, trace }) => (trace === undefined ? [] : [{ strategy, trace }]));
  if (traced.length === 0) return [];
  const { title, each, captions } = words[language];
  const body = html`<p>${each} ${captions.scene}</p>
<div class="beside">
${traced.map(({ strategy, trace }, index) => brief(strategy, trace, `followed-${index}`, language))}</div>`;
  return [{ id: 'followed', title, body }];
}

interface Run {
  readonly strategy: string;
  readonly trace?: Trace | undefined;
}

function brief(strategy: string, trace: Trace, id: string, language: Language): Markup {
  const steps = stepsOf(trace);
  return html`<div class="followed" role="group" aria-labelledby="${id}">
<h3 id="${id}">${recorded(strategy, language)}</h3>
<p class="meaning">${words[language].kinds[trace.kind](trace.from, trace.to)}</p>
<figure>${sceneOf(trace, steps, language)}</figure>
${controls(id, language)}
<details><summary>${words[language].captions.steps}</summary>${inWords(steps, language)}</details></div>\n`;
}

/** One message: over the topology, in words, and as a sequence. `id` is unique in the page. */
function followed(trace: Trace, id: string, language: Language): Markup {
  const steps = stepsOf(trace);
  const { kinds, captions } = words[language];
  return html`<div class="followed" role="group" aria-labelledby="${id}">
<h3 id="${id}">${kinds[trace.kind](trace.from, trace.to)}</h3>
<div class="beside">
<div><figure>${sceneOf(trace, steps, language)}<figcaption>${captions.scene}</figcaption></figure>
${controls(id, language)}</div>
<div><h4>${captions.steps}</h4>
${inWords(steps, language)}</div>
</div>
<figure>${sequenceOf(trace, steps, language)}<figcaption>${captions.sequence}</figcaption></figure>
${doubts(trace, language)}</div>\n`;
}

function inWords(steps: readonly Step[], language: Language): Markup {
  return html`<ol>${steps.map((step, index) => item(step, index, language))}</ol>`;
}

function item(step: Step, index: number, language: Language): Markup {
  return html`<li class="${toneOf(step)}" data-steps="${index}">${sentenceOf(step, language)} <span class="time">${timesOf(step, language)}</span></li>\n`;
}

/** Shown by the script that they need. */
function controls(id: string, language: Language): Markup {
  const { label, play, pause, back, forward, speed, quick, normal, slow, still } = words[language].controls;
  return html`<div class="controls" role="group" aria-label="${label}" hidden>
<button type="button" class="back">${back}</button>
<button type="button" class="play" data-play="${play}" data-pause="${pause}">${play}</button>
<button type="button" class="forward">${forward}</button>
<label class="speed" for="${id}-speed">${speed} <select id="${id}-speed"><option value="400">${quick}</option><option value="1000" selected>${normal}</option><option value="3000">${slow}</option></select></label>
<p class="still" hidden>${still}</p>
<p class="now" aria-live="polite"></p>
</div>\n`;
}

function doubts({ clockErrorMs, leftOut, unknown }: Trace, language: Language): Markup {
  const { clocks, leftOut: more, captions } = words[language];
  const { whole, hundredths } = figuresIn(language);
  return html`<p class="meaning">${clockErrorMs === null || clockErrorMs === 0 ? nothing : clocks(hundredths(clockErrorMs))} ${leftOut.places === 0 ? nothing : more(whole(leftOut.places), whole(leftOut.hops))} ${unknown.length === 0 ? nothing : html`${captions.unknown}: ${recorded(unknown.join('; '), language)}.`}</p>`;
}
