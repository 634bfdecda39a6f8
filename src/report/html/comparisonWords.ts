import type { ComparedTraffic } from '../comparison.js';
import type { ControlStep } from '../controlSteps.js';
import { noControlInWords, stepsInWords } from '../controlSteps.js';
import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

export interface ComparisonWords {
  readonly title: string;
  compared(strategies: number): string;
  passed(passed: number, all: number): string;
  readonly headline: string;
  readonly joinWindows: string;
  readonly strategy: string;
  readonly verdict: string;
  readonly heat: {
    readonly title: string;
    readonly explained: string;
    readonly caption: string;
    readonly legend: string;
    readonly more: string;
    readonly none: string;
  };
  readonly messages: {
    readonly title: string;
    readonly explained: string;
    readonly chart: string;
    readonly caption: string;
    readonly perMessage: string;
    readonly columns: Readonly<Record<'sent' | 'delivered' | 'lost', string>>;
    readonly traffic: Readonly<Record<keyof ComparedTraffic, string>>;
  };
  readonly cost: {
    readonly title: string;
    explained(rounds: number): string;
    readonly chart: string;
    readonly caption: string;
    readonly size: string;
    readonly rounds: string;
    readonly columns: Readonly<Record<'round' | 'cpuNodes' | 'cpuBrokers' | 'p50' | 'p99', string>>;
  };
  readonly control: {
    readonly title: string;
    readonly steps: string;
    readonly lacks: string;
    readonly caption: string;
    readonly columns: Readonly<Record<'step' | 'changes' | 'amplification' | 'cpu' | 'p99', string>>;
    readonly changes: Readonly<Record<ControlStep['changes'], string>>;
  };
  readonly charts: Readonly<Record<'amplification' | 'perDelivered' | 'handled' | 'cpu' | 'us' | 'node' | 'broker', string>>;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

export const comparisonWords: InEveryLanguage<ComparisonWords> = {
  en: {
    title: 'Strategies compared',
    compared: (strategies) => `${en.counted(strategies, { one: 'strategy', other: 'strategies' })} compared`,
    passed: (passed, all) => `${en.whole(passed)} of ${en.counted(all, { one: 'strategy', other: 'strategies' })} passed`,
    headline: 'Each was given the same messages, one after the other, on the same machine.',
    joinWindows: 'Lost after a join',
    strategy: 'strategy',
    verdict: 'verdict',
    heat: {
      title: 'Every cost at a glance',
      explained:
        'Each cell has the figure and how often it is that of the best strategy which did not fail and has any of it (×). The stronger the cell stands out, the more it is; the number beside says the same.',
      caption: 'Strategies by their costs: less is better everywhere',
      legend: 'How often the best:',
      more: 'more',
      none: 'none, or not comparable',
    },
    messages: {
      title: 'What one message costs in messages',
      explained:
        'Amplification is how often a message is handled until it is delivered once: in, relayed and out of all brokers, hops straight from node to node, questions to a directory and their answers, divided by what was delivered. It does not depend on the machine.',
      chart: 'Amplification of each strategy as bars',
      caption: 'What came of the messages',
      perMessage: 'Messages through all brokers, from node to node and to directories, for each message sent',
      columns: { sent: 'sent', delivered: 'delivered', lost: 'lost' },
      traffic: { in: 'in', out: 'out', relayed: 'relayed', hops: 'hops', questions: 'questions' },
    },
    cost: {
      title: 'What it costs in time and memory',
      explained: (rounds) =>
        `Of this machine at this rate, ${rounds === 1 ? 'one run each' : `medians of ${rounds} rounds that took turns (A B B A)`}: directions, not promises. CPU per message falls as the rate rises.`,
      chart: 'CPU per delivered message of each strategy as bars, nodes and brokers',
      caption: 'CPU per delivered message, response time, memory of the largest process',
      size: 'size',
      rounds: 'Each round by itself',
      columns: {
        round: 'round',
        cpuNodes: 'CPU nodes, µs',
        cpuBrokers: 'CPU brokers, µs',
        p50: 'response p50, ms',
        p99: 'response p99, ms',
      },
    },
    control: {
      title: 'Routing and implementation apart',
      steps: stepsInWords,
      lacks: noControlInWords,
      caption: 'What each step multiplies a figure by',
      columns: { step: 'step', changes: 'changes', amplification: 'amplification', cpu: 'CPU of nodes and brokers', p99: 'response p99' },
      changes: { implementation: 'implementation', routing: 'routing', both: 'routing and implementation' },
    },
    charts: {
      amplification: 'Messages handled',
      perDelivered: 'per delivered message',
      handled: 'amplification',
      cpu: 'CPU per delivered message',
      us: 'µs',
      node: 'node',
      broker: 'broker',
    },
  },
  ru: {
    title: 'Сравнение стратегий',
    compared: (strategies) => `Сравнение: ${ru.counted(strategies, { one: 'стратегия', few: 'стратегии', other: 'стратегий' })}`,
    passed: (passed, all) => `Пройдено стратегиями: ${ru.whole(passed)} из ${ru.whole(all)}`,
    headline: 'Каждой дали одни и те же сообщения, одной за другой, на одной и той же машине.',
    joinWindows: 'Потери после входа в комнату',
    strategy: 'стратегия',
    verdict: 'вердикт',
    heat: {
      title: 'Все затраты с одного взгляда',
      explained:
        'В каждой ячейке — показатель и во сколько раз он больше, чем у лучшей стратегии из не проваливших проверку, у которых он не нулевой (×). Чем заметнее ячейка, тем больше затраты; число рядом говорит то же.',
      caption: 'Стратегии и их затраты: везде чем меньше, тем лучше',
      legend: 'Во сколько раз больше лучшего:',
      more: 'больше',
      none: 'нет или несравнимо',
    },
    messages: {
      title: 'Во что обходится сообщение в сообщениях',
      explained:
        'Усиление — сколько раз сообщение обрабатывается, прежде чем будет доставлено один раз: принято, передано и роздано всеми брокерами, прыжки прямо от узла к узлу, вопросы к справочнику и ответы на них, делённые на число доставок. От машины оно не зависит.',
      chart: 'Усиление каждой стратегии столбцами',
      caption: 'Что стало с сообщениями',
      perMessage: 'Сообщения через все брокеры, от узла к узлу и к справочникам на каждое отправленное',
      columns: { sent: 'принято', delivered: 'доставлено', lost: 'потеряно' },
      traffic: { in: 'принято', out: 'роздано', relayed: 'передано', hops: 'прыжки', questions: 'вопросы' },
    },
    cost: {
      title: 'Во что это обходится по времени и памяти',
      explained: (rounds) =>
        `На этой машине при этой частоте, ${rounds === 1 ? 'по одному прогону' : `медианы по чередующимся раундам (А Б Б А), всего ${rounds}`}: направления, а не обещания. С ростом частоты процессорное время на сообщение падает.`,
      chart: 'Процессорное время каждой стратегии на доставленное сообщение столбцами, узлы и брокеры',
      caption: 'Процессорное время на доставленное сообщение, время отклика, память наибольшего процесса',
      size: 'размер',
      rounds: 'Каждый раунд отдельно',
      columns: { round: 'раунд', cpuNodes: 'ЦП узлов, мкс', cpuBrokers: 'ЦП брокеров, мкс', p50: 'отклик p50, мс', p99: 'отклик p99, мс' },
    },
    control: {
      title: 'Маршрутизация и реализация порознь',
      steps:
        'Официальный адаптер отличается от прочих стратегий и маршрутизацией, и реализацией. Его контрольная стратегия маршрутизирует так же, но на коде этого стенда: при переходе к ней меняется только реализация, а от неё — только маршрутизация.',
      lacks:
        'Официальный адаптер отличается от прочих стратегий и маршрутизацией, и реализацией, и здесь ничто не разделяет эти причины: bench compare для этого добавляет single-channel.',
      caption: 'Во сколько раз каждый шаг меняет показатель',
      columns: { step: 'шаг', changes: 'что меняется', amplification: 'усиление', cpu: 'ЦП узлов и брокеров', p99: 'отклик p99' },
      changes: { implementation: 'реализация', routing: 'маршрутизация', both: 'маршрутизация и реализация' },
    },
    charts: {
      amplification: 'Обработанные сообщения',
      perDelivered: 'на доставленное сообщение',
      handled: 'усиление',
      cpu: 'Процессорное время на доставленное сообщение',
      us: 'мкс',
      node: 'узлы',
      broker: 'брокеры',
    },
  },
};
