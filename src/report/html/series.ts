import { sourceInWords } from '../describe.js';
import { describeWords } from '../describeWords.js';
import type { InEveryLanguage, Language } from '../language.js';
import type { SeriesHead } from '../series.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { commandAgain, repeatWords, whereRun } from './repeat.js';
import { pairs, type Section } from './section.js';

/** What the pages of several runs have in common. */
export const notRunWords: InEveryLanguage<Readonly<Record<'failed' | 'added' | 'leftOut', string>>> = {
  en: { failed: 'Ended without a result', added: 'Added', leftOut: 'Left out' },
  ru: { failed: 'Завершились без результата', added: 'Добавлены', leftOut: 'Пропущены' },
};

export function seriesHeader({ startedAt, source, scenario, rooms, rate, machine }: SeriesHead, title: string, language: Language): Markup {
  return html`<header>
<p class="eyebrow">bench · ${sourceInWords({ source }, language)} · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1>${title}</h1>
<p class="setting">${describeWords[language].scenario(scenario, rooms)} · ${recorded(rate, language)}${machine === null ? nothing : html` · ${recorded(machine, language)}`}</p>
</header>`;
}

type NotRun = readonly { readonly strategy: string; readonly why: string }[];

/** What ended without a result, what was added and what was left out, each with its reason. */
export function notRunLists(
  { failed, added = [], leftOut }: Readonly<Record<'failed' | 'leftOut', NotRun>> & { readonly added?: NotRun | undefined },
  language: Language,
): Markup {
  const { failed: ended, added: more, leftOut: without } = notRunWords[language];
  return html`${notRunList(ended, failed, language)}${notRunList(more, added, language)}${notRunList(without, leftOut, language)}`;
}

function notRunList(title: string, of: NotRun, language: Language): Markup {
  if (of.length === 0) return nothing;
  return html`<h3>${title}</h3>${pairs(of.map(({ strategy, why }) => [recorded(strategy, language), recorded(why, language)]))}`;
}

/** The command, and with what it was run: as the page of one run says it. */
export function seriesRepeat(head: SeriesHead, language: Language): Section {
  const { title, terms } = repeatWords[language];
  return {
    id: 'repeat',
    title,
    body: html`${commandAgain(head.command, language)}
${pairs([[terms.seed, String(head.seed)]])}
${whereSeries(head, language)}`,
  };
}

/** Of a record that knows no more, the commit. */
function whereSeries({ commit, environment }: SeriesHead, language: Language): Markup {
  const { terms, machine, firstRun, notKnown } = repeatWords[language];
  if (environment === undefined) return pairs([[terms.commit, commit === null ? notKnown : html`<code>${commit}</code>`]]);
  return html`<h3>${machine}</h3>
<p>${firstRun}</p>
${whereRun(environment, language)}`;
}
