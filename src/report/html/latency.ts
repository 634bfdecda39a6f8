import type { Distribution, Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { quantile, quantileName, shownQuantiles } from '../loads.js';
import { figuresIn } from '../numbers.js';
import { latencyCurves } from './curves.js';
import { html, type Markup } from './markup.js';
import type { Section } from './section.js';
import { type Column, figure, table } from './table.js';

interface Row {
  readonly name: string;
  readonly path: string;
  readonly distribution: Distribution | null;
}

interface Words {
  readonly title: string;
  readonly kinds: Markup;
  readonly omission: string;
  readonly caption: string;
  clocks(error: Markup): Markup;
  readonly rows: { readonly response: string; readonly service: string; readonly lag: string };
  readonly paths: { readonly all: string; readonly same: string; readonly cross: string };
  readonly columns: Readonly<Record<'what' | 'path' | 'messages' | 'mean' | 'max', string>>;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Latency',
    kinds: html`<strong>Response</strong> is what a user waits: from the moment a message was meant to be sent until it was received. <strong>Service</strong> counts from when it was really sent. The <strong>generator lag</strong> between the two is the load worker’s fault, not the system’s.`,
    omission:
      'A slow system also keeps messages from being sent. Response counts that wait (it is corrected for coordinated omission), service does not: where the two part, users wait for what a tool that measures only service would not show.',
    caption: 'Milliseconds',
    clocks: (error) => html`Clocks differ by at most ${error} ms (0: one load worker, hence one clock).`,
    rows: { response: 'response', service: 'service', lag: 'generator lag' },
    paths: { all: 'all', same: 'same node', cross: 'cross node' },
    columns: { what: 'what', path: 'path', messages: 'messages', mean: 'mean', max: 'max' },
  },
  ru: {
    title: 'Задержка',
    kinds: html`<strong>Время отклика</strong> — то, сколько ждёт пользователь: от момента, когда сообщение должно было быть отправлено, до его получения. <strong>Время обслуживания</strong> отсчитывается от действительной отправки. Разница между ними, <strong>отставание генератора</strong>, — вина генератора нагрузки, а не системы.`,
    omission:
      'Медленная система ещё и мешает отправлять. Отклик учитывает это ожидание (поправка на согласованное упущение), обслуживание — нет: где они расходятся, пользователи ждут того, чего не покажет инструмент, измеряющий только обслуживание.',
    caption: 'Миллисекунды',
    clocks: (error) => html`Часы расходятся не более чем на ${error} мс (0: генератор нагрузки один, и часы одни).`,
    rows: { response: 'отклик', service: 'обслуживание', lag: 'отставание генератора' },
    paths: { all: 'все', same: 'внутри узла', cross: 'между узлами' },
    columns: { what: 'что', path: 'путь', messages: 'сообщений', mean: 'среднее', max: 'макс.' },
  },
};

/** How long messages took, as their recipients saw it. */
export function latencySection(result: Result, language: Language): Section {
  const { title, kinds, omission, caption, clocks } = words[language];
  const error = figure(figuresIn(language).threeDigits(result.latencyMs.clockErrorMs), undefined, language);
  return {
    id: 'latency',
    title,
    body: html`<p>${kinds}</p>
<p>${omission}</p>
${latencyCurves(result, language)}
${table({ language, caption, rows: rowsOf(result, words[language]), columns: columnsOf(language) })}
<p>${clocks(html`${error}`)}</p>`,
  };
}

function rowsOf({ latencyMs: { response, service, generatorLag } }: Result, { rows, paths }: Words): readonly Row[] {
  const of = (name: string, { all, sameNode, crossNode }: Result['latencyMs']['response']): readonly Row[] => [
    { name, path: paths.all, distribution: all },
    { name, path: paths.same, distribution: sameNode },
    { name, path: paths.cross, distribution: crossNode },
  ];
  return [...of(rows.response, response), ...of(rows.service, service), { name: rows.lag, path: paths.all, distribution: generatorLag }];
}

function columnsOf(language: Language): readonly Column<Row>[] {
  const { what, path, messages, mean, max } = words[language].columns;
  const { threeDigits } = figuresIn(language);
  return [
    { title: what, text: (row) => row.name },
    { title: path, text: (row) => row.path },
    { title: messages, figure: ({ distribution }) => distribution?.count ?? null },
    { title: mean, figure: ({ distribution }) => distribution?.mean ?? null, show: threeDigits },
    ...shownQuantiles.map((at) => ({ title: quantileName(at), figure: (row: Row) => quantile(row.distribution, at), show: threeDigits })),
    { title: max, figure: ({ distribution }) => distribution?.max ?? null, show: threeDigits },
  ];
}
