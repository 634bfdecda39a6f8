import { type Property, propertiesOf, runsOf, type Side } from '../beside.js';
import type { Comparison } from '../comparison.js';
import { comparisonCharts } from '../comparisonCharts.js';
import type { InEveryLanguage, Language } from '../language.js';
import { whereOf } from '../series.js';
import { costSection, messagesSection } from './comparison.js';
import { documentOf } from './document.js';
import { html, type Markup } from './markup.js';
import { list } from './section.js';
import { table } from './table.js';

const words: InEveryLanguage<{
  readonly title: string;
  readonly same: string;
  readonly sameLong: string;
  readonly different: string;
  readonly differentLong: string;
  readonly caption: string;
  readonly property: string;
  readonly alike: string;
  readonly all: string;
  readonly yes: string;
  readonly no: string;
}> = {
  en: {
    title: 'Two results beside each other',
    same: 'The same workload',
    sameLong: 'Both were given the same messages, so the counts can be compared to the message.',
    different: 'Not the same workload',
    differentLong: 'Figures below answer different questions as far as this differs:',
    caption: 'What each was; what differs stands first',
    property: 'property',
    alike: 'alike',
    all: 'All results',
    yes: '✓ yes',
    no: '✗ no',
  },
  ru: {
    title: 'Два результата рядом',
    same: 'Одинаковая нагрузка',
    sameLong: 'Оба получили одни и те же сообщения, поэтому счётчики можно сравнивать до одного сообщения.',
    different: 'Разная нагрузка',
    differentLong: 'Числа ниже отвечают на разные вопросы постольку, поскольку различается:',
    caption: 'Чем был каждый; различия стоят первыми',
    property: 'свойство',
    alike: 'совпадает',
    all: 'Все результаты',
    yes: '✓ да',
    no: '✗ нет',
  },
};

/** Any two results on one page: what differs between them first, then the figures of both as a comparison shows them. */
export function besidePage(one: Side, other: Side, language: Language = 'en'): string {
  const comparison = comparisonOf(one, other);
  const charts = Object.entries(comparisonCharts(comparison, language)).filter(([, { data }]) => data.datasets.length > 0);
  return documentOf({
    language,
    title: words[language].title,
    header: html`<header><p class="eyebrow"><a href="/">bench · ${words[language].all}</a></p>
<h1>${words[language].title}</h1>
<p class="setting">${one.path} · ${other.path}</p></header>`,
    head: head(one, other, language),
    sections: [messagesSection(comparison, language), costSection(comparison, language)],
    charts: Object.fromEntries(charts),
  });
}

function head(one: Side, other: Side, language: Language): Markup {
  const said = words[language];
  const properties = propertiesOf(one, other);
  const differs = properties.filter((property) => property.workload && property.differs);
  const tone = differs.length === 0 ? 'pass' : 'unknown';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title">${differs.length === 0 ? said.same : said.different}</h2>
<p class="headline">${differs.length === 0 ? said.sameLong : said.differentLong}</p>
${list(differs.map(({ name, one: left, other: right }) => html`<strong>${name}</strong>: ${left} · ${right}`))}
</section>
${table<Property>({
  caption: said.caption,
  rows: properties,
  rowClass: ({ differs: does, workload }) => (does && workload ? 'differs' : ''),
  columns: [
    { title: said.property, text: ({ name }) => name },
    { title: said.alike, text: ({ differs: does }) => (does ? said.no : said.yes) },
    { title: one.path, text: (row) => row.one },
    { title: other.path, text: (row) => row.other },
  ],
})}`;
}

function comparisonOf(one: Side, other: Side): Comparison {
  const { plan, source, startedAt } = one.first;
  return {
    schema: 1,
    ...{ startedAt, source, command: plan.command, scenario: plan.scenario, rooms: plan.rooms, seed: plan.seed, rate: '' },
    ...whereOf(one.first),
    runs: [...runsOf(one, other)],
    ...{ leftOut: [], failed: [] },
  };
}
