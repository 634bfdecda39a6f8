import type { Result } from '../../measure/result.js';
import { embeddedLong, isEmbedded, joinWindowInWords, joinWindowMsMax } from '../describe.js';
import { html, type Markup, nothing } from './markup.js';
import { list, pairs, type Section } from './section.js';

/** The limits of this run: what it cannot show, and why. */
export function unknownsSection(result: Result): Section {
  return {
    id: 'unknowns',
    title: 'What this run cannot show',
    body: html`${died(result)}${reasons(result)}${list(limits(result))}`,
  };
}

function died({ died: words }: Result): Markup {
  return words.length === 0 ? nothing : html`<p>Processes that ended before they were asked to:</p>${list(words)}`;
}

function reasons({ unknowns }: Result): Markup {
  const entries = Object.entries(unknowns);
  if (entries.length === 0) return html`<p>No figure of this result had to be left out.</p>`;
  return html`<p>These figures are not known (– in the tables):</p>${pairs(entries.map(([figure, reason]) => [html`<code>${figure}</code>`, reason]))}`;
}

/** `environment.cores` counts one machine: all processes of a run on it compete for those. */
function limits(result: Result): readonly string[] {
  const { cores } = result.environment;
  return [
    ...joinWindowInWords(joinWindowMsMax(result)),
    ...(isEmbedded(result) ? [embeddedLong] : []),
    ...(result.source === 'live'
      ? [
          `Nodes, brokers and load workers that share ${cores} cores slow each other down: latency and CPU depend on the machine, message counts do not.`,
        ]
      : []),
    'One run is one sample: counts repeat exactly with the same seed, latency and CPU do not.',
  ];
}
