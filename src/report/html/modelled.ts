import type { BrokerResult, Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { brokersApart, loadOf } from '../loads.js';
import { figuresIn } from '../numbers.js';
import { brokersWords } from './brokersWords.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { nodesWords } from './nodesWords.js';
import { type Column, table } from './table.js';

interface Words {
  readonly caption: string;
  model(figure: string): string;
  alike(figures: number): string;
  apart(differing: number, figures: number): string;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

const words: InEveryLanguage<Words> = {
  en: {
    caption: 'Measured, beside what the model of the same plan says that it must be',
    model: (figure) => `${figure}, model`,
    alike: (figures) => `${en.counted(figures, { one: 'figure is', other: 'figures are' })} what the model says, to the message.`,
    apart: (differing, figures) =>
      `${en.whole(differing)} of ${en.counted(figures, { one: 'figure', other: 'figures' })} are not what the model says to the message; a model of samples, of a run with deaths or of sockets that a transport places is an estimate.`,
  },
  ru: {
    caption: 'Измерено — и рядом то, что должно быть по модели того же плана',
    model: (figure) => `${figure}, модель`,
    alike: (figures) =>
      `Совпадают с моделью до последнего сообщения: ${ru.counted(figures, { one: 'показатель', few: 'показателя', other: 'показателей' })}.`,
    apart: (differing, figures) =>
      `Не совпадают с моделью до последнего сообщения: ${ru.whole(differing)} из ${ru.counted(figures, { one: 'показателя', other: 'показателей' })}; модель по выборке, при гибели процессов или там, где сокеты распределяет транспорт, — лишь оценка.`,
  },
};

/** What each node handled beside the model; nothing where the result has none. */
export function modelledNodes(result: Result, language: Language): Markup {
  if (result.expected === undefined) return nothing;
  const expected = new Map(result.expected.nodes.map((node) => [node.id, node]));
  const { node, counters } = nodesWords[language];
  const rows = result.nodes.map((each) => ({ id: each.id, measured: loadOf(each), modelled: expected.get(each.id) }));
  const names = ['published', 'received', 'wasted', 'deliveredToSockets'] as const;
  return beside(
    rows,
    node,
    names.map((name) => ({
      title: counters[name],
      measured: (row) => row.measured[name],
      modelled: (row) => row.modelled?.[name] ?? null,
    })),
    language,
  );
}

export function modelledBrokers(result: Result, language: Language): Markup {
  if (result.expected === undefined || brokersApart(result).length === 0) return nothing;
  const expected = new Map(result.expected.brokers.map((broker) => [broker.id, broker]));
  const { columns } = brokersWords[language];
  const rows = brokersApart(result).map((each) => ({ id: each.id, measured: each, modelled: expected.get(each.id) }));
  const names = ['in', 'out'] as const;
  return beside(
    rows,
    columns.broker,
    names.map((name) => ({
      title: columns[name],
      measured: (row) => withoutHeartbeats(row.measured, name),
      modelled: (row) => row.modelled?.[name] ?? null,
    })),
    language,
  );
}

/** What comes by the clock is not in the model. */
function withoutHeartbeats(broker: BrokerResult, figure: 'in' | 'out'): number | null {
  const all = broker[figure];
  const beats = broker.heartbeats === undefined ? 0 : broker.heartbeats[figure];
  return all === null || beats === null ? null : all - beats;
}

interface Pair<Row> {
  readonly title: string;
  measured(row: Row): number | null;
  modelled(row: Row): number | null;
}

function beside<Row extends { readonly id: string }>(
  rows: readonly Row[],
  title: string,
  pairs: readonly Pair<Row>[],
  language: Language,
): Markup {
  const { caption, model, alike, apart } = words[language];
  const known = rows
    .flatMap((row) => pairs.map((pair) => [pair.measured(row), pair.modelled(row)] as const))
    .filter((pair) => !pair.includes(null));
  const differing = known.filter(([measured, modelled]) => measured !== modelled).length;
  const columns = pairs.flatMap((pair): readonly Column<Row>[] => [
    { title: pair.title, figure: pair.measured },
    { title: model(pair.title), figure: pair.modelled },
  ]);
  return html`<p>${differing === 0 ? alike(known.length) : apart(differing, known.length)}</p>
${table({ language, caption, rows, columns: [{ title, text: ({ id }) => recorded(id, language) }, ...columns] })}`;
}
