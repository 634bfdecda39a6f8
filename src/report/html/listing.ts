import { statusWords } from '../describe.js';
import type { InEveryLanguage, Language } from '../language.js';
import { type Choice, chosen, type Listed, type SortKey, sortKeys, startOf } from '../listing.js';
import { recordKinds } from '../records.js';
import { documentOf } from './document.js';
import { type Content, html, type Markup, nothing } from './markup.js';

interface Words {
  readonly title: string;
  readonly found: (shown: number, all: number) => string;
  readonly none: string;
  readonly search: string;
  readonly verdict: string;
  readonly kind: string;
  readonly any: string;
  readonly inside: string;
  readonly show: string;
  readonly compare: string;
  readonly caption: string;
  readonly choose: (path: string) => string;
  readonly heads: Readonly<Record<SortKey, string>> & { readonly compare: string; readonly result: string; readonly size: string };
  readonly states: Readonly<Record<'unfinished' | 'broken' | 'unreadable', string>>;
  readonly kinds: Readonly<Record<(typeof recordKinds)[number], string>>;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Results',
    found: (shown, all) => `${shown} of ${all} shown`,
    none: 'There is nothing here that fits.',
    search: 'name, strategy or scenario',
    verdict: 'verdict',
    kind: 'kind',
    any: 'any',
    inside: 'also the runs of comparisons, sweeps and searches',
    show: 'Show',
    compare: 'Compare the two chosen',
    caption: 'Choose two to compare them; a head sorts by its column',
    choose: (path) => `choose ${path}`,
    heads: {
      ...{ compare: 'choose', result: 'result', size: 'size', when: 'when (UTC)', verdict: 'verdict', kind: 'kind' },
      ...{ strategy: 'strategy', scenario: 'scenario', nodes: 'nodes', rate: 'rate' },
    },
    states: { unfinished: 'unfinished', broken: 'broken', unreadable: 'unfinished or broken' },
    kinds: { result: 'run', comparison: 'comparison', sweep: 'sweep', capacity: 'search', claims: 'claims', plan: 'plan' },
  },
  ru: {
    title: 'Результаты',
    found: (shown, all) => `показано ${shown} из ${all}`,
    none: 'Подходящего здесь нет.',
    search: 'имя, стратегия или сценарий',
    verdict: 'вердикт',
    kind: 'вид',
    any: 'любой',
    inside: 'и прогоны внутри сравнений, серий и поисков',
    show: 'Показать',
    compare: 'Сравнить два выбранных',
    caption: 'Выберите два, чтобы сравнить; заголовок сортирует по своему столбцу',
    choose: (path) => `выбрать ${path}`,
    heads: {
      ...{ compare: 'выбор', result: 'результат', size: 'размер', when: 'когда (UTC)', verdict: 'вердикт', kind: 'вид' },
      ...{ strategy: 'стратегия', scenario: 'сценарий', nodes: 'узлов', rate: 'частота' },
    },
    states: { unfinished: 'не завершён', broken: 'повреждён', unreadable: 'не завершён или повреждён' },
    kinds: {
      result: 'прогон',
      comparison: 'сравнение',
      sweep: 'серия размеров',
      capacity: 'поиск предела',
      claims: 'утверждения',
      plan: 'план',
    },
  },
};

/** The path of a folder as part of a URL. */
export function pathInUrl(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Every result of a folder: sorted, filtered and chosen by links and forms alone, so it needs no script. */
export function listingPage(all: readonly Listed[], choice: Choice, language: Language = 'en'): string {
  const said = words[language];
  const shown = chosen(all, choice);
  return documentOf({
    language,
    title: said.title,
    forms: true,
    header: html`<header><p class="eyebrow">bench</p><h1>${said.title}</h1></header>`,
    head: html`<section id="verdict" aria-label="${said.title}">${filterForm(choice, said)}<p role="status">${said.found(shown.length, all.length)}</p></section>
${shown.length === 0 ? html`<p>${said.none}</p>` : compareForm(shown, choice, said)}`,
    sections: [],
  });
}

function filterForm({ words: text, verdict, kind, inside, sort, descending }: Choice, said: Words): Markup {
  const kinds = recordKinds.map((one) => [one, said.kinds[one]] as const);
  const verdicts = [
    ...Object.entries(statusWords).map(([status, { word }]) => [status, word] as const),
    ['unreadable', said.states.unreadable] as const,
  ];
  return html`<form action="/" method="get" class="filter">
<label>${said.search} <input type="search" name="words" value="${text}"></label>
<label>${said.verdict} ${select('verdict', verdict, [['all', said.any], ...verdicts])}</label>
<label>${said.kind} ${select('kind', kind, [['all', said.any], ...kinds])}</label>
<label><input type="checkbox" name="inside" value="yes"${inside ? html` checked` : nothing}> ${said.inside}</label>
<input type="hidden" name="sort" value="${sort}"><input type="hidden" name="order" value="${descending ? 'down' : 'up'}">
<button type="submit">${said.show}</button>
</form>`;
}

function select(name: string, value: string, options: readonly (readonly [string, string])[]): Markup {
  return html`<select name="${name}">${options.map(([each, label]) => html`<option value="${each}"${each === value ? html` selected` : nothing}>${label}</option>`)}</select>`;
}

function compareForm(shown: readonly Listed[], choice: Choice, said: Words): Markup {
  const { heads } = said;
  const sorted = sortKeys.filter((key) => key !== 'when').map((key) => sortHead(key, choice, heads[key]));
  return html`<form action="/compare" method="get"><div class="frame" role="region" tabindex="0" aria-label="${said.caption}"><table>
<caption><span>${said.caption}</span></caption>
<thead><tr><th scope="col" class="words">${heads.result}</th><th scope="col">${heads.compare}</th>${sorted}<th scope="col" class="words">${heads.size}</th>${sortHead('when', choice, heads.when)}</tr></thead>
<tbody>${shown.map((one) => row(one, said))}</tbody></table></div>
<p><button type="submit">${said.compare}</button></p></form>`;
}

function sortHead(key: SortKey, { sort, descending, words: text, verdict, kind, inside }: Choice, title: string): Markup {
  const down = sort === key ? !descending : key === 'when';
  const query = new URLSearchParams({
    words: text,
    verdict,
    kind,
    ...(inside ? { inside: 'yes' } : {}),
    sort: key,
    order: down ? 'down' : 'up',
  });
  const order = sort !== key ? 'none' : descending ? 'descending' : 'ascending';
  const mark = { none: '', ascending: ' ↑', descending: ' ↓' }[order];
  return html`<th scope="col" class="words" aria-sort="${order}"><a href="/?${query.toString()}">${title}</a>${mark}</th>`;
}

function row(one: Listed, said: Words): Markup {
  const when = html`<td class="words"><time datetime="${startOf(one)}">${startOf(one).slice(0, 16).replace('T', ' ')}</time></td>`;
  if (!('entry' in one)) {
    return html`<tr class="differs"><th scope="row">${one.path}</th><td></td><td class="words" colspan="7">${said.states[one.state]}: ${one.why}</td>${when}</tr>\n`;
  }
  const { entry, path } = one;
  const { mark, word } = statusWords[entry.status];
  const cells: readonly Content[] = [
    html`${mark} ${word}`,
    said.kinds[entry.kind],
    entry.strategies.join(', '),
    entry.scenario,
    entry.nodes ?? '',
    entry.rate,
    entry.size ?? '',
  ];
  const choose = html`<input type="checkbox" name="of" value="${path}" aria-label="${said.choose(path)}">`;
  const isComparable = entry.kind === 'result' || entry.kind === 'comparison';
  return html`<tr><th scope="row"><a href="/${pathInUrl(path)}/report.html">${path === '' ? '.' : path}</a></th><td>${isComparable ? choose : nothing}</td>
${cells.map((cell) => html`<td class="words">${cell}</td>`)}${when}</tr>\n`;
}

/** A page that says why there is none. */
export function noticePage(title: string, why: string, language: Language = 'en'): string {
  return documentOf({
    language,
    title,
    header: html`<header><p class="eyebrow"><a href="/">bench · ${words[language].title}</a></p><h1>${title}</h1></header>`,
    head: html`<section id="verdict" class="verdict unknown" aria-label="${title}"><p class="headline">${why}</p></section>`,
    sections: [],
  });
}
