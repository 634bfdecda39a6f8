import type { Result } from '../../measure/result.js';
import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

/** Whom each node is connected to. */
export interface Partners {
  readonly nodes: number;
  readonly brokers: number;
  /** Brokers that keep a directory and pass no message on. */
  readonly directories: number;
}

export interface TopologyWords {
  readonly titles: Readonly<Record<Result['source'], string>>;
  /** Of what no process did. */
  readonly wouldBe: string;
  readonly store: string;
  readonly storeName: string;
  readonly embedded: string;
  readonly directory: string;
  readonly linked: string;
  readonly relays: string;
  readonly directoryOnly: string;
  readonly below: string;
  readonly noFigures: string;
  readonly more: Readonly<Record<'nodes' | 'brokers', string>>;
  connected(partners: Partners): string;
  node(sockets: number, received: number): string;
  broker(taken: string, out: string): string;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

export const topologyWords: InEveryLanguage<TopologyWords> = {
  en: {
    titles: { live: 'What ran', simulated: 'What was simulated', modelled: 'What was modelled' },
    wouldBe: 'No process ran: drawn are the connections that a live run of this plan makes.',
    store: 'The rooms are kept in a store of their own, which passes on no messages; that each node is connected to it is not drawn.',
    storeName: 'room store',
    embedded: 'embedded',
    directory: 'directory',
    linked: 'All nodes are connected to each other: each is a broker to the others.',
    relays: 'A dashed curve joins brokers of which one hands on to the other what it takes in.',
    directoryOnly: 'A directory answers who is where and passes on no messages.',
    below: 'see the tables below',
    noFigures: 'no figures',
    more: { nodes: 'nodes', brokers: 'brokers' },
    connected: ({ nodes, brokers, directories }) => {
      const all = en.counted(nodes, { one: 'node', other: 'nodes' });
      if (brokers + directories === 0) return `${all} without a broker apart.`;
      const each = (count: number, one: string, many: string) =>
        count === 0 ? [] : [count === 1 ? `the ${one}` : `each of ${en.whole(count)} ${many}`];
      const partners = [...each(brokers, 'broker', 'brokers'), ...each(directories, 'directory', 'directories')];
      return `${nodes === 1 ? 'The node' : `Each of ${all}`} is connected to ${partners.join(' and to ')}.`;
    },
    node: (sockets, received) => `${en.counted(sockets, { one: 'socket', other: 'sockets' })}, got ${en.whole(received)}`,
    broker: (taken, out) => `in ${taken}, out ${out}`,
  },
  ru: {
    titles: { live: 'Что работало', simulated: 'Что смоделировано', modelled: 'Что рассчитано' },
    wouldBe: 'Процессов не было: показаны соединения, которые устанавливает прогон этого плана вживую.',
    store: 'Комнаты хранятся в отдельном хранилище, через которое сообщения не идут; соединения узлов с ним не показаны.',
    storeName: 'хранилище',
    embedded: 'встроенный',
    directory: 'справочник',
    linked: 'Все узлы соединены друг с другом: каждый — брокер для остальных.',
    relays: 'Пунктирная дуга соединяет брокеры, из которых один передаёт другому всё, что принял.',
    directoryOnly: 'Справочник отвечает, кто где, и сообщений не передаёт.',
    below: 'см. таблицы ниже',
    noFigures: 'показателей нет',
    more: { nodes: 'узлов', brokers: 'брокеров' },
    connected: ({ nodes, brokers, directories }) => {
      if (brokers + directories === 0) return `${ru.counted(nodes, { one: 'узел', few: 'узла', other: 'узлов' })} без отдельных брокеров.`;
      const each = (count: number, one: string, many: string) =>
        count === 0 ? [] : [count === 1 ? one : `с каждым из ${ru.whole(count)} ${many}`];
      const partners = [...each(brokers, 'с единственным брокером', 'брокеров'), ...each(directories, 'со справочником', 'справочников')];
      return `Узлов: ${ru.whole(nodes)}; каждый соединён ${partners.join(' и ')}.`;
    },
    node: (sockets, received) => `сокетов ${ru.whole(sockets)}, взял ${ru.whole(received)}`,
    broker: (taken, out) => `взял ${taken}, дал ${out}`,
  },
};
