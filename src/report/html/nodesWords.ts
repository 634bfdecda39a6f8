import type { Kind } from '../../routing/types.js';
import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

/** Columns of what a node counts. */
type Counter = 'fromClients' | 'published' | 'received' | 'useful' | 'wasted' | 'deliveredToSockets';

export interface NodesWords {
  readonly title: string;
  readonly chart: string;
  readonly captions: Readonly<Record<'loads' | 'byKind' | 'processes' | 'refusals', string>>;
  readonly node: string;
  readonly kind: string;
  readonly counters: Readonly<Record<Counter, string>>;
  readonly process: Readonly<
    Record<'sockets' | 'listens' | 'subscribed' | 'unsubscribed' | 'junk' | 'slow' | 'cpu' | 'memory' | 'delay', string>
  >;
  readonly refusals: { readonly reason: string; readonly events: string };
  readonly topics: Readonly<Record<string, string>>;
  readonly nothing: string;
  readonly noMessage: string;
  readonly nonePassed: string;
  allWanted(received: number): string;
  waste(received: number, wasted: number, share: number | null): string;
  oneKind(kind: string): string;
}

/** Names of the kinds of traffic. */
export const kindOfTraffic: InEveryLanguage<Readonly<Record<Kind, string>>> = {
  en: { chat: 'chat', presence: 'presence', directory: 'directory', probe: 'probe', control: 'control' },
  ru: { chat: 'чат', presence: 'присутствие', directory: 'справочник', probe: 'проба', control: 'управление' },
};

const en = figuresIn('en');
const ru = figuresIn('ru');

export const nodesWords: InEveryLanguage<NodesWords> = {
  en: {
    title: 'Load per node',
    chart: 'Messages per node as bars: published, received useful and wasted, delivered to sockets',
    captions: {
      loads: 'Messages of all kinds between start and drained, by the word of each node',
      byKind: 'The same by kind of traffic',
      processes: 'Each node as a process',
      refusals: 'Events of clients that were refused',
    },
    node: 'node',
    kind: 'kind',
    counters: {
      fromClients: 'from clients',
      published: 'published',
      received: 'received',
      useful: 'useful',
      wasted: 'wasted',
      deliveredToSockets: 'to sockets',
    },
    process: {
      sockets: 'sockets',
      listens: 'listens at',
      subscribed: 'subscribed',
      unsubscribed: 'unsubscribed',
      junk: 'junk',
      slow: 'slow readers cut',
      cpu: 'CPU, ms',
      memory: 'memory',
      delay: 'event loop delay p99, ms',
    },
    refusals: { reason: 'reason', events: 'events' },
    topics: { u: 'user', r: 'room', s: 'status', n: 'node' },
    nothing: 'nothing',
    noMessage: 'No message passed.',
    nonePassed: 'Nodes got no message from a broker.',
    allWanted: (received) => `Nodes got ${en.whole(received)} messages from brokers, and every one was wanted by a socket there.`,
    waste: (received, wasted, share) =>
      `Of the ${en.whole(received)} messages that nodes got from brokers, ${en.whole(wasted)} (${en.percent(share)}) were wanted by no socket there: received, looked at and dropped.`,
    oneKind: (kind) => `All of this was of the kind “${kind}”.`,
  },
  ru: {
    title: 'Нагрузка на каждый узел',
    chart: 'Сообщения по узлам столбцами: опубликовано, получено с пользой и впустую, доставлено в сокеты',
    captions: {
      loads: 'Сообщения всех видов от старта до затишья, по словам каждого узла',
      byKind: 'То же по видам трафика',
      processes: 'Каждый узел как процесс',
      refusals: 'События клиентов, в которых было отказано',
    },
    node: 'узел',
    kind: 'вид',
    counters: {
      fromClients: 'от клиентов',
      published: 'опубликовано',
      received: 'получено',
      useful: 'с пользой',
      wasted: 'впустую',
      deliveredToSockets: 'в сокеты',
    },
    process: {
      sockets: 'сокетов',
      listens: 'слушает',
      subscribed: 'подписок',
      unsubscribed: 'отписок',
      junk: 'мусор',
      slow: 'отключено медленных',
      cpu: 'ЦП, мс',
      memory: 'память',
      delay: 'задержка цикла событий p99, мс',
    },
    refusals: { reason: 'причина', events: 'событий' },
    topics: { u: 'пользователи', r: 'комнаты', s: 'статусы', n: 'узлы' },
    nothing: 'ничего',
    noMessage: 'Сообщений не было.',
    nonePassed: 'Узлы не получили от брокеров ни одного сообщения.',
    allWanted: (received) => `Узлы получили от брокеров сообщений: ${ru.whole(received)}; каждое было нужно какому-то сокету этого узла.`,
    waste: (received, wasted, share) =>
      `Из ${ru.whole(received)} сообщений, полученных узлами от брокеров, ${ru.whole(wasted)} (${ru.percent(share)}) не были нужны ни одному сокету: получены, просмотрены и отброшены.`,
    oneKind: (kind) => `Всё это — трафик вида «${kind}».`,
  },
};
