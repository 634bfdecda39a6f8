import { sourceInWords } from '../describe.js';
import type { SeriesHead } from '../series.js';
import { html, type Markup, nothing } from './markup.js';
import { unbroken } from './repeat.js';
import { pairs, type Section } from './section.js';

/** What the pages of several runs have in common. */
export function seriesHeader({ startedAt, source, scenario, rooms, rate, machine }: SeriesHead, title: string): Markup {
  return html`<header>
<p class="eyebrow">bench · ${sourceInWords({ source })} · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1>${title}</h1>
<p class="setting">scenario ${scenario}, rooms by ${rooms} · ${rate}${machine === null ? nothing : html` · ${machine}`}</p>
</header>`;
}

export function notRunList(title: string, of: readonly { readonly strategy: string; readonly why: string }[]): Markup {
  return of.length === 0 ? nothing : html`<h3>${title}</h3>${pairs(of.map(({ strategy, why }) => [strategy, why]))}`;
}

export function seriesRepeat({ command, commit, seed }: SeriesHead, what: string): Section {
  return {
    id: 'repeat',
    title: 'Run it again',
    body: html`<pre tabindex="0" aria-label="Command that repeats this ${what}"><code>${unbroken(command)}</code></pre>
${pairs([
  ['seed', String(seed)],
  ['commit', commit ?? 'not known'],
])}`,
  };
}
