import type { Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { html, type Markup } from './markup.js';
import { type Axis, type Line, linearTicks, plot, plots, type Tone } from './plot.js';
import type { Section } from './section.js';

interface Words {
  readonly title: string;
  every(seconds: number): string;
  readonly seconds: string;
  readonly description: string;
  readonly marked: string;
  readonly plots: Readonly<Record<'rate' | 'latency' | 'sockets' | 'memory', { readonly title: string; readonly unit: string }>>;
  readonly lines: Readonly<
    Record<'sent' | 'delivered' | 'p50' | 'p99' | 'connections' | 'subscriptions' | 'memory' | 'memoryMost', string>
  >;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'From second to second',
    every: (seconds) => `Each point is of ${figuresIn('en').counted(seconds, { one: 'second', other: 'seconds' })}; the load begins at 0.`,
    seconds: 'seconds since the load began',
    description: 'The figures are in result.json under timeline',
    marked: 'A line across marks a process that ended before it was asked to.',
    plots: {
      rate: { title: 'Messages', unit: 'per second' },
      latency: { title: 'Response', unit: 'ms' },
      sockets: { title: 'Connections and subscriptions of all nodes', unit: 'number' },
      memory: { title: 'Memory of the nodes', unit: 'MB' },
    },
    lines: {
      sent: 'sent',
      delivered: 'delivered',
      p50: 'p50',
      p99: 'p99',
      connections: 'connections',
      subscriptions: 'subscriptions',
      memory: 'mean of the nodes',
      memoryMost: 'largest node',
    },
  },
  ru: {
    title: 'Секунда за секундой',
    every: (seconds) =>
      `Каждая точка — ${figuresIn('ru').counted(seconds, { one: 'секунда', few: 'секунды', other: 'секунд' })}; нагрузка начинается в 0.`,
    seconds: 'секунд с начала нагрузки',
    description: 'Числа есть в result.json, в поле timeline',
    marked: 'Черта поперёк — процесс, завершившийся раньше, чем его попросили.',
    plots: {
      rate: { title: 'Сообщения', unit: 'в секунду' },
      latency: { title: 'Отклик', unit: 'мс' },
      sockets: { title: 'Соединения и подписки всех узлов', unit: 'число' },
      memory: { title: 'Память узлов', unit: 'МБ' },
    },
    lines: {
      sent: 'отправлено',
      delivered: 'доставлено',
      p50: 'p50',
      p99: 'p99',
      connections: 'соединения',
      subscriptions: 'подписки',
      memory: 'в среднем на узел',
      memoryMost: 'самый большой узел',
    },
  },
};

type Timeline = NonNullable<Result['timeline']>;
type Series = readonly [label: keyof Words['lines'], tone: Tone, values: readonly (number | null)[]];

/** How the run went while it was under load; nothing where nobody recorded it. */
export function timelineSections({ timeline }: Result, language: Language): readonly Section[] {
  if (timeline === undefined || timeline.sent.length < 2) return [];
  const { title, every, marked } = words[language];
  const body = html`<p>${every(timeline.stepSeconds)}${timeline.marks.length === 0 ? '' : ` ${marked}`}</p>
${plots(drawn(timeline, language))}`;
  return [{ id: 'timeline', title, body }];
}

function drawn(timeline: Timeline, language: Language): readonly Markup[] {
  const perSecond = (counts: readonly number[]) => counts.map((count) => count / timeline.stepSeconds);
  const megabytes = (bytes: readonly (number | null)[]) => bytes.map((value) => (value === null ? null : value / 1e6));
  const { nodes } = timeline;
  const all: readonly (readonly [keyof Words['plots'], readonly Series[]])[] = [
    [
      'rate',
      [
        ['sent', 'orange', perSecond(timeline.sent)],
        ['delivered', 'blue', perSecond(timeline.delivered)],
      ],
    ],
    [
      'latency',
      [
        ['p50', 'sky', timeline.responseMsP50],
        ['p99', 'vermillion', timeline.responseMsP99],
      ],
    ],
    [
      'sockets',
      [
        ['connections', 'green', nodes.connections],
        ['subscriptions', 'purple', nodes.subscriptions],
      ],
    ],
    [
      'memory',
      [
        ['memory', 'green', megabytes(nodes.memoryBytesMean)],
        ['memoryMost', 'purple', megabytes(nodes.memoryBytesMost)],
      ],
    ],
  ];
  return all
    .map(([name, series]) => [name, series.filter(([, , values]) => values.some((value) => value !== null))] as const)
    .filter(([, series]) => series.length > 0)
    .map(([name, series]) => overTime(name, series, timeline, language));
}

function overTime(name: keyof Words['plots'], series: readonly Series[], timeline: Timeline, language: Language): Markup {
  const { plots: named, seconds, lines: labels, description } = words[language];
  const { stepSeconds, marks } = timeline;
  const highest = Math.max(1e-3, ...series.flatMap(([, , values]) => values.map((value) => value ?? 0)));
  const vertical = linearTicks(highest, figuresIn(language).compact);
  const lasts = stepSeconds * Math.max(...series.map(([, , values]) => values.length));
  return plot(
    {
      title: named[name].title,
      description,
      horizontal: axis(seconds, linearTicks(lasts, figuresIn(language).compact), lasts),
      vertical: axis(named[name].unit, vertical, vertical.at(-1)?.at ?? highest),
      lines: series.map(
        ([label, tone, values], index): Line => ({
          label: labels[label],
          tone,
          dashed: index > 0,
          points: values.map((y, step) => ({ x: (step + 0.5) * stepSeconds, y })),
        }),
      ),
      marks: marks.map(({ atSeconds, words: said }) => ({ at: Math.min(Math.max(atSeconds, 0), lasts), words: said })),
    },
    language,
  );
}

function axis(title: string, ticks: Axis['ticks'], to: number): Axis {
  return { title, scale: 'linear', from: 0, to, ticks: ticks.filter(({ at }) => at <= to) };
}
