import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

export interface PlanWords {
  readonly title: string;
  setting(users: number, rate: number): string;
  readonly predicted: string;
  take(strategy: string): string;
  readonly none: string;
  readonly fleets: {
    readonly title: string;
    readonly explained: string;
    readonly caption: string;
    readonly chart: string;
    readonly uncalibrated: string;
    readonly memoryOf: string;
    readonly countedAs: string;
    readonly countedAtLeast: string;
  };
  readonly columns: Readonly<
    Record<
      | 'strategy'
      | 'engine'
      | 'nodes'
      | 'brokers'
      | 'cores'
      | 'nodeShare'
      | 'brokerShare'
      | 'first'
      | 'nodeMemory'
      | 'brokerMemory'
      | 'connections'
      | 'subscriptions'
      | 'wasted'
      | 'lost'
      | 'more',
      string
    >
  >;
  readonly cannot: string;
  readonly winners: {
    readonly title: string;
    readonly caption: string;
    readonly users: string;
    readonly take: string;
    readonly hashed: string;
  };
  readonly impossible: string;
  readonly demands: {
    readonly title: string;
    readonly terms: Readonly<
      Record<'utilisation' | 'connections' | 'nodes' | 'p99' | 'calibration' | 'madeAt' | 'madeOf' | 'assumed', string>
    >;
    readonly any: string;
  };
}

export const planWords: InEveryLanguage<PlanWords> = {
  en: {
    title: 'How many nodes and brokers',
    setting: (users, rate) => `${figuresIn('en').compact(users)} users who send ${figuresIn('en').threeDigits(rate)} messages/s`,
    predicted:
      'Predicted, not measured: loads from the routing, CPU and memory by the calibration of one machine. Run what you choose before you rely on it.',
    take: (strategy) => `Take ${strategy}`,
    none: 'No strategy can do it under these demands',
    fleets: {
      title: 'What every strategy would need',
      explained:
        'Shares are of the core that one process has. Cores are those at work, all processes together; beside them stands how often they are those of the cheapest strategy (×).',
      caption: 'Fleets that carry the load',
      chart: 'Cores that each strategy keeps at work',
      uncalibrated: 'Never calibrated',
      memoryOf: 'memory of',
      countedAs: 'counted as',
      countedAtLeast: 'counted at what it takes at least',
    },
    columns: {
      strategy: 'strategy',
      engine: 'engine of nodes',
      nodes: 'nodes',
      brokers: 'brokers',
      cores: 'cores at work',
      nodeShare: 'a node uses',
      brokerShare: 'a broker uses',
      first: 'full first',
      nodeMemory: 'memory of a node',
      brokerMemory: 'memory of a broker',
      connections: 'connections at a broker',
      subscriptions: 'subscriptions at a broker',
      wasted: 'wasted',
      lost: 'lost when a broker dies',
      more: 'for a million users more',
    },
    cannot: 'cannot',
    winners: {
      title: 'With fewer and more users',
      caption: 'The strategy to take, by users',
      users: 'users',
      take: 'take',
      hashed: 'cores of hashed, the article’s winner',
    },
    impossible: 'What cannot do it',
    demands: {
      title: 'What was asked for, and by which calibration',
      terms: {
        utilisation: 'of its core a process may use',
        connections: 'sockets that a node may hold',
        nodes: 'nodes at least',
        p99: 'response p99, ms (queues alone: no network, no pauses)',
        calibration: 'calibration',
        madeAt: 'made at',
        madeOf: 'made of',
        assumed: 'assumed at least',
      },
      any: 'any',
    },
  },
  ru: {
    title: 'Сколько нужно узлов и брокеров',
    setting: (users, rate) =>
      `${figuresIn('ru').compact(users)} пользователей, которые отправляют ${figuresIn('ru').threeDigits(rate)} сообщений/с`,
    predicted:
      'Предсказано, а не измерено: нагрузка — по маршрутизации, процессорное время и память — по калибровке одной машины. Прежде чем полагаться на выбранное, запустите его.',
    take: (strategy) => `Возьмите ${strategy}`,
    none: 'При таких требованиях не справится ни одна стратегия',
    fleets: {
      title: 'Что понадобится каждой стратегии',
      explained:
        'Доли — от ядра, которое есть у одного процесса. Ядра — сколько их занято всеми процессами вместе; рядом — во сколько раз больше, чем у самой дешёвой стратегии (×).',
      caption: 'Составы, которые выдержат нагрузку',
      chart: 'Сколько ядер занимает каждая стратегия',
      uncalibrated: 'Не калибровалось',
      memoryOf: 'память',
      countedAs: 'посчитано как',
      countedAtLeast: 'посчитано по наименьшей цене',
    },
    columns: {
      strategy: 'стратегия',
      engine: 'движок узлов',
      nodes: 'узлы',
      brokers: 'брокеры',
      cores: 'занято ядер',
      nodeShare: 'узел занят на',
      brokerShare: 'брокер занят на',
      first: 'первым кончится',
      nodeMemory: 'память узла',
      brokerMemory: 'память брокера',
      connections: 'соединений у брокера',
      subscriptions: 'подписок у брокера',
      wasted: 'впустую',
      lost: 'теряется с гибелью брокера',
      more: 'на миллион пользователей больше',
    },
    cannot: 'не может',
    winners: {
      title: 'При меньшем и большем числе пользователей',
      caption: 'Какую стратегию брать, по числу пользователей',
      users: 'пользователей',
      take: 'брать',
      hashed: 'ядер у победителя статьи, hashed',
    },
    impossible: 'Что не справится',
    demands: {
      title: 'Что требовалось и по какой калибровке',
      terms: {
        utilisation: 'доля ядра, доступная процессу',
        connections: 'сокетов на узел, не более',
        nodes: 'узлов, не менее',
        p99: 'отклик p99, мс (одни очереди: без сети и пауз)',
        calibration: 'калибровка',
        madeAt: 'сделана',
        madeOf: 'сделана по',
        assumed: 'принято не менее',
      },
      any: 'любой',
    },
  },
};
