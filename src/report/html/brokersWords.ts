import type { BrokerResult } from '../../measure/result.js';
import type { InEveryLanguage } from '../language.js';

export interface BrokersWords {
  title(kind: string): string;
  readonly none: string;
  readonly ownWords: string;
  readonly chart: string;
  readonly betweenNodes: string;
  readonly captions: Readonly<Record<'own' | 'between' | 'byKind' | 'processes', string>>;
  readonly columns: Readonly<
    Record<
      | 'broker'
      | 'node'
      | 'kind'
      | 'in'
      | 'out'
      | 'relayed'
      | 'put'
      | 'got'
      | 'hops'
      | 'asked'
      | 'othersPut'
      | 'answered'
      | 'bytesIn'
      | 'bytesOut'
      | 'startedBy'
      | 'channels'
      | 'memory'
      | 'cpu',
      string
    >
  >;
  readonly embedded: string;
  readonly origins: Readonly<Record<NonNullable<BrokerResult['origin']> | 'none', string>>;
}

export const brokersWords: InEveryLanguage<BrokersWords> = {
  en: {
    title: (kind) => `Load per ${kind}`,
    none: 'This run used no broker: no message left its node through one.',
    ownWords:
      'A broker’s own words are its counters, read before the start and after the last message (of a Redis: calls of PUBLISH in INFO commandstats, and the sum of the replies to them). What the nodes say is counted apart, and neither figure is ever computed from the other.',
    chart: 'Messages per broker as bars: in, out, relayed, from node to node',
    betweenNodes:
      'Nodes speak straight to each other, so each is a broker too: a message from another node counts once there, and a node that keeps a directory is asked and answers.',
    captions: {
      own: 'Messages between start and drained: the broker’s word beside the nodes’ word',
      between: 'Nodes as brokers between start and drained: the word of the node beside that of the others',
      byKind: 'The same by kind of traffic, by the nodes’ word',
      processes: 'Each broker as a process',
    },
    columns: {
      broker: 'broker',
      node: 'node',
      kind: 'kind',
      in: 'in',
      out: 'out',
      relayed: 'relayed',
      put: 'nodes put',
      got: 'nodes got',
      hops: 'from other nodes',
      asked: 'asked',
      othersPut: 'others put',
      answered: 'answered',
      bytesIn: 'bytes in',
      bytesOut: 'bytes out',
      startedBy: 'started by',
      channels: 'channels',
      memory: 'memory',
      cpu: 'CPU, ms',
    },
    embedded: 'embedded',
    origins: { attached: 'somebody else (attached)', spawned: 'bench', embedded: 'bench', none: 'nobody' },
  },
  ru: {
    title: (kind) => `Нагрузка на каждый брокер: ${kind}`,
    none: 'В этом прогоне брокеров не было: ни одно сообщение не покинуло свой узел через брокер.',
    ownWords:
      'Собственные слова брокера — его счётчики, прочитанные до старта и после последнего сообщения (у Redis — число вызовов PUBLISH в INFO commandstats и сумма ответов на них). Слова узлов считаются отдельно, и ни одно из этих чисел не выводится из другого.',
    chart: 'Сообщения по брокерам столбцами: принято, роздано, передано, от узла к узлу',
    betweenNodes:
      'Узлы говорят друг с другом напрямую, так что каждый из них — и брокер: сообщение от другого узла считается там один раз, а узел, ведущий справочник, отвечает на вопросы.',
    captions: {
      own: 'Сообщения от старта до затишья: слово брокера рядом со словом узлов',
      between: 'Узлы как брокеры от старта до затишья: слово узла рядом со словом остальных',
      byKind: 'То же по видам трафика, по словам узлов',
      processes: 'Каждый брокер как процесс',
    },
    columns: {
      broker: 'брокер',
      node: 'узел',
      kind: 'вид',
      in: 'принято',
      out: 'роздано',
      relayed: 'передано',
      put: 'узлы отдали',
      got: 'узлы получили',
      hops: 'от других узлов',
      asked: 'спрошено',
      othersPut: 'другие отдали',
      answered: 'отвечено',
      bytesIn: 'принято байт',
      bytesOut: 'отдано байт',
      startedBy: 'кем запущен',
      channels: 'каналов',
      memory: 'память',
      cpu: 'ЦП, мс',
    },
    embedded: 'встроенный',
    origins: { attached: 'кем-то другим (подключён)', spawned: 'этим стендом', embedded: 'этим стендом', none: 'никем' },
  },
};
