import type { InEveryLanguage } from './language.js';

/** Words of the charts of one run. */
export interface ChartsWords {
  readonly perNode: string;
  readonly noBroker: string;
  perBroker(broker: string): string;
  readonly messages: string;
  readonly model: string;
  readonly published: string;
  readonly useful: string;
  readonly wasted: string;
  readonly delivered: string;
  readonly in: string;
  readonly out: string;
  readonly relayed: string;
  readonly hops: string;
  readonly nodes: string;
  readonly brokers: string;
}

export const chartsWords: InEveryLanguage<ChartsWords> = {
  en: {
    perNode: 'Messages per node',
    noBroker: 'This run used no broker',
    perBroker: (broker) => `Messages per ${broker}`,
    messages: 'messages',
    model: 'by the model',
    published: 'published',
    useful: 'received, useful',
    wasted: 'received, wasted',
    delivered: 'delivered to sockets',
    in: 'in',
    out: 'out',
    relayed: 'relayed',
    hops: 'from node to node',
    nodes: 'nodes',
    brokers: 'brokers',
  },
  ru: {
    perNode: 'Сообщения по узлам',
    noBroker: 'В этом прогоне брокеров не было',
    perBroker: (broker) => `Сообщения по брокерам (${broker})`,
    messages: 'сообщений',
    model: 'по модели',
    published: 'опубликовано',
    useful: 'получено с пользой',
    wasted: 'получено впустую',
    delivered: 'доставлено в сокеты',
    in: 'принято',
    out: 'роздано',
    relayed: 'передано',
    hops: 'от узла к узлу',
    nodes: 'узлов',
    brokers: 'брокеров',
  },
};
