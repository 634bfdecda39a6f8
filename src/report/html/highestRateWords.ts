import type { trialSteps } from '../../plan/rateSearch.js';
import type { limits } from '../../verdict/limitedBy.js';
import { answerInWords, bracketInWords, type HighestRate } from '../highestRate.js';
import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

export interface HighestRateWords {
  title(strategy: string): string;
  readonly noRate: string;
  bracket(answer: HighestRate['answer']): string;
  answer(found: HighestRate): readonly string[];
  readonly trials: {
    readonly title: string;
    explained(precision: string, trials: number): string;
    readonly chart: string;
    readonly caption: string;
    readonly why: string;
    readonly yes: string;
    readonly no: string;
  };
  readonly columns: Readonly<
    Record<'rate' | 'step' | 'held' | 'sent' | 'p99' | 'lost' | 'node' | 'broker' | 'worker' | 'machine' | 'limit', string>
  >;
  readonly steps: Readonly<Record<(typeof trialSteps)[number], string>>;
  readonly limits: Readonly<Record<(typeof limits)[number], string>>;
  readonly charts: {
    title(strategy: string): string;
    readonly rate: string;
    readonly p99: string;
    readonly held: string;
    readonly broke: string;
  };
  perSecond(rate: number): string;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

function rateInRussian(perSecond: number): string {
  return `${ru.whole(perSecond)}/с`;
}

function bracketInRussian(answer: HighestRate['answer']): string {
  const { holds, breaks } = answer ?? { holds: null, breaks: null };
  if (holds === null || breaks === null) return holds === null ? '' : `от ${rateInRussian(holds)} и выше`;
  return `от ${rateInRussian(holds)} до ${rateInRussian(breaks)}`;
}

const limitsInRussian = {
  system: 'Пределом была система: у генератора и машины оставался запас.',
  generator:
    'Пределом был генератор, а не система: она выдерживает не меньше этого. Ответ дадут дополнительные генераторы или отдельная машина для них.',
  machine:
    'Пределом была машина: заняты все её ядра — узлами, брокерами, нагрузкой и всем прочим, что здесь работает. На отдельных машинах те же процессы выдержат не меньше.',
} as const;

function answerInRussian({ strategy, range, answer, trials }: HighestRate): readonly string[] {
  if (answer === null) return [`${strategy}: поиск прерван, измерений: ${ru.whole(trials.length)}`];
  const { holds, breaks, confirmedAt, limit } = answer;
  const limited = limit === null ? [] : [limitsInRussian[limit]];
  if (holds === null) return [`${strategy} не выдерживает требований даже при ${rateInRussian(range.leastRate)}`, ...limited];
  const confirmed =
    confirmedAt === null
      ? 'это НЕ подтвердилось на 0,9 от ответа: показатели этой машины неустойчивы'
      : `подтверждено при ${rateInRussian(confirmedAt)}`;
  const upTo =
    breaks === null
      ? `при ${rateInRussian(holds)}, выше не пробовали`
      : `до значения между ${rateInRussian(holds)} и ${rateInRussian(breaks)}`;
  return [`${strategy} выдерживает требования ${upTo}; ${confirmed}`, ...(breaks === null ? ['Ничто не сломалось.'] : limited)];
}

export const highestRateWords: InEveryLanguage<HighestRateWords> = {
  en: {
    title: (strategy) => `The highest rate of ${strategy}`,
    noRate: 'no rate is known to hold',
    bracket: bracketInWords,
    answer: answerInWords,
    trials: {
      title: 'How it was found',
      explained: (precision, trials) =>
        `The rate was doubled until it broke, then bisected to ${precision}; at each rate two of three measurements decide, and the answer held once more at 0.9 of it. ${en.counted(trials, { one: 'measurement', other: 'measurements' })} in all.`,
      chart: 'The 99th percentile of the response over the rate',
      caption: 'Every measurement; shares are of one core, of the machine of all cores',
      why: 'Why it did not hold',
      yes: '✓ yes',
      no: '✗ no',
    },
    columns: {
      rate: 'rate',
      step: 'step',
      held: 'held',
      sent: 'sent/s',
      p99: 'response p99, ms',
      lost: 'lost',
      node: 'busiest node',
      broker: 'busiest broker',
      worker: 'busiest worker',
      machine: 'machine',
      limit: 'limit',
    },
    steps: { double: 'double', halve: 'halve', bisect: 'bisect', confirm: 'confirm' },
    limits: { system: 'system', generator: 'generator', machine: 'machine' },
    charts: {
      title: (strategy) => `Response of ${strategy} over the rate`,
      rate: 'messages/s',
      p99: 'p99, ms',
      held: 'held',
      broke: 'did not hold',
    },
    perSecond: (rate) => `${rate < 10 ? rate : en.whole(rate)}/s`,
  },
  ru: {
    title: (strategy) => `Наибольшая частота: ${strategy}`,
    noRate: 'неизвестно ни одной частоты, которую она выдерживает',
    bracket: bracketInRussian,
    answer: answerInRussian,
    trials: {
      title: 'Как это найдено',
      explained: (precision, trials) =>
        `Частоту удваивали, пока система не перестала справляться, затем делили отрезок пополам до ${precision}; на каждой частоте решают два измерения из трёх, и ответ ещё раз проверен на 0,9 от него. Всего измерений: ${ru.whole(trials)}.`,
      chart: '99-й процентиль отклика в зависимости от частоты',
      caption: 'Все измерения; доли — от одного ядра, у машины — от всех ядер',
      why: 'Почему не выдержала',
      yes: '✓ да',
      no: '✗ нет',
    },
    columns: {
      rate: 'частота',
      step: 'шаг',
      held: 'выдержала',
      sent: 'отправлено/с',
      p99: 'отклик p99, мс',
      lost: 'потеряно',
      node: 'самый занятый узел',
      broker: 'самый занятый брокер',
      worker: 'самый занятый генератор',
      machine: 'машина',
      limit: 'предел',
    },
    steps: { double: 'удвоение', halve: 'уменьшение вдвое', bisect: 'деление пополам', confirm: 'проверка' },
    limits: { system: 'система', generator: 'генератор', machine: 'машина' },
    charts: {
      title: (strategy) => `Отклик ${strategy} в зависимости от частоты`,
      rate: 'сообщений/с',
      p99: 'p99, мс',
      held: 'выдержала',
      broke: 'не выдержала',
    },
    perSecond: (rate) => `${rate < 10 ? rate : ru.whole(rate)}/с`,
  },
};
