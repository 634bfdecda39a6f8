import type { Counts, Result, Status } from '../measure/result.js';
import type { Part } from './describe.js';
import type { InEveryLanguage } from './language.js';
import { type Forms, figuresIn } from './numbers.js';

/** What `describe.ts` says of a run, in every language. */
export interface DescribeWords {
  readonly status: Readonly<Record<Status, string>>;
  readonly parts: Readonly<Record<Part, string>>;
  readonly questions: Readonly<Record<Part, string>>;
  readonly notJudged: string;
  readonly embedded: { readonly title: string; readonly short: string; readonly long: string };
  /** Where it differs from English names, by the kind of broker. */
  readonly kinds: Readonly<Record<string, Forms>>;
  readonly broker: string;
  readonly noBroker: string;
  readonly and: string;
  readonly nodes: Forms;
  readonly users: Forms;
  readonly linked: string;
  rate(size: { readonly rate: string; readonly seconds: number; readonly warmUpSeconds: number; readonly bytes: number }): string;
  scenario(name: string, rooms: string): string;
  readonly sources: Readonly<Record<Result['source'], string>>;
  readonly handled: Readonly<Record<'in' | 'relayed' | 'out' | 'hops' | 'questions' | 'answers', string>>;
  joinWindow(ms: string): string;
  verdict(status: Status): string;
  computed(sentence: string): string;
  arrived(counts: Arrived): string;
  doubts(counts: Pick<Counts, 'rejected' | 'unanswered' | 'uncertain'>): string;
}

export type Arrived = Pick<Counts, 'expected' | 'delivered' | 'lost' | 'duplicated' | 'misdelivered'>;

const en = figuresIn('en');
const ru = figuresIn('ru');
const messages: Forms = { one: 'message was', other: 'messages were' };

function arrivedInEnglish({ expected, delivered, lost, duplicated, misdelivered }: Arrived): string {
  const { whole, counted } = en;
  if (expected === 0) return 'Nothing had to be delivered, so nothing is shown.';
  if (lost + duplicated + misdelivered === 0 && delivered === expected) {
    return expected === 1
      ? 'The one expected delivery arrived, once and at the right socket.'
      : `All ${whole(expected)} expected deliveries arrived, each once and at the right socket.`;
  }
  return (
    `Of ${counted(expected, { one: 'expected delivery', other: 'expected deliveries' })} ${whole(delivered)} arrived and ${whole(lost)} ${lost === 1 ? 'was' : 'were'} lost; ` +
    `${whole(duplicated)} came more than once, ${whole(misdelivered)} reached somebody they were not for.`
  );
}

function arrivedInRussian({ expected, delivered, lost, duplicated, misdelivered }: Arrived): string {
  const { whole } = ru;
  if (expected === 0) return 'Доставлять было нечего, поэтому ничего и не показано.';
  if (lost + duplicated + misdelivered === 0 && delivered === expected) {
    return expected === 1
      ? 'Единственная ожидавшаяся доставка состоялась: один раз и в нужный сокет.'
      : `Состоялись все ожидавшиеся доставки (${whole(expected)}), каждая один раз и в нужный сокет.`;
  }
  return (
    `Ожидалось доставок: ${whole(expected)}; дошло ${whole(delivered)}, потеряно ${whole(lost)}; ` +
    `пришло более одного раза: ${whole(duplicated)}, попало к чужим: ${whole(misdelivered)}.`
  );
}

export const describeWords: InEveryLanguage<DescribeWords> = {
  en: {
    status: { pass: 'pass', fail: 'fail', unknown: 'unknown' },
    parts: { delivery: 'delivery', accounting: 'accounting', latency: 'latency', load: 'load' },
    questions: {
      delivery: 'Did everybody get what was theirs, once?',
      accounting: 'Do nodes and brokers agree, to the message?',
      latency: 'Was it fast enough?',
      load: 'Was the intended load really offered?',
    },
    notJudged: 'not judged',
    embedded: {
      title: 'Embedded broker',
      short: 'EMBEDDED broker: counts are exact, speed is not that of Redis',
      long:
        'This run used the embedded broker, a small server that is part of this project. The message counts are the same as with Redis; ' +
        'latency, CPU, memory and throughput are not. Install redis-server, or pass --redis, to measure those.',
    },
    kinds: {},
    broker: 'broker',
    noBroker: 'no broker',
    and: ' and ',
    nodes: { one: 'node', other: 'nodes' },
    users: { one: 'user', other: 'users' },
    linked: ' that speak to each other',
    rate: ({ rate, seconds, warmUpSeconds, bytes }) =>
      `${rate} messages/s for ${seconds} s${warmUpSeconds > 0 ? ` after ${warmUpSeconds} s of warm-up` : ''}, ${en.whole(bytes)} bytes each`,
    scenario: (name, rooms) => `scenario ${name}, rooms by ${rooms}`,
    sources: {
      live: 'measured live',
      simulated: 'simulated in virtual time: no process ran, there are no speeds',
      modelled: 'modelled: computed from the routing alone, nothing was run',
    },
    handled: { in: 'in', relayed: 'relayed', out: 'out', hops: 'from node to node', questions: 'questions', answers: 'answers' },
    joinWindow: (ms) =>
      `What was sent to a room within ${ms} ms of a join may be lost: the node that joins is not waited for until it hears the room.`,
    verdict: (status) => `verdict: ${status.toUpperCase()}`,
    computed: (sentence) => `Computed, not measured: ${sentence}`,
    arrived: arrivedInEnglish,
    doubts: ({ rejected, unanswered, uncertain }) =>
      `${en.counted(rejected, messages)} rejected, ${en.whole(unanswered)} never answered for; of ${en.counted(uncertain, { one: 'delivery', other: 'deliveries' })} nobody can say.`,
  },
  ru: {
    status: { pass: 'пройдено', fail: 'не пройдено', unknown: 'неизвестно' },
    parts: { delivery: 'доставка', accounting: 'учёт', latency: 'задержка', load: 'нагрузка' },
    questions: {
      delivery: 'Каждый ли получил своё, и ровно один раз?',
      accounting: 'Сходятся ли узлы и брокеры до последнего сообщения?',
      latency: 'Было ли достаточно быстро?',
      load: 'Действительно ли подана задуманная нагрузка?',
    },
    notJudged: 'не оценивалось',
    embedded: {
      title: 'Встроенный брокер',
      short: 'ВСТРОЕННЫЙ брокер: числа сообщений точны, но скорость — не скорость Redis',
      long:
        'Этот прогон шёл через встроенный брокер — небольшой сервер из состава этого проекта. Числа сообщений те же, что и с Redis; ' +
        'задержка, процессорное время, память и пропускная способность — нет. Чтобы измерить и их, установите Redis или укажите свои серверы.',
    },
    kinds: {
      'redis-cluster': { one: 'ведущий Redis Cluster', few: 'ведущих Redis Cluster', other: 'ведущих Redis Cluster' },
      'redis-sharded': { one: 'ведущий Redis Cluster', few: 'ведущих Redis Cluster', other: 'ведущих Redis Cluster' },
      'node-cluster': { one: 'главный процесс', few: 'главных процесса', other: 'главных процессов' },
      hub: { one: 'хаб', few: 'хаба', other: 'хабов' },
      node: { one: 'узел-брокер', few: 'узла-брокера', other: 'узлов-брокеров' },
    },
    broker: 'брокер',
    noBroker: 'без брокера',
    and: ' и ',
    nodes: { one: 'узел', few: 'узла', other: 'узлов' },
    users: { one: 'пользователь', few: 'пользователя', other: 'пользователей' },
    linked: ', связанных друг с другом',
    rate: ({ rate, seconds, warmUpSeconds, bytes }) =>
      `${rate} сообщений/с в течение ${seconds} с${warmUpSeconds > 0 ? ` после ${warmUpSeconds} с прогрева` : ''}, по ${ru.counted(bytes, { one: 'байту', few: 'байта', other: 'байт' })}`,
    scenario: (name, rooms) =>
      `сценарий «${name}», сообщение комнаты ${rooms === 'members' ? 'называет каждого участника' : 'называет комнату'}`,
    sources: {
      live: 'измерено вживую',
      simulated: 'смоделировано в виртуальном времени: процессов не было, скоростей нет',
      modelled: 'рассчитано по одной лишь маршрутизации, ничего не запускалось',
    },
    handled: {
      in: 'принято',
      relayed: 'передано',
      out: 'роздано',
      hops: 'от узла к узлу',
      questions: 'вопросы',
      answers: 'ответы',
    },
    joinWindow: (ms) =>
      `Отправленное в комнату в течение ${ms} мс после входа в неё может потеряться: никто не ждёт, пока вошедший узел начнёт её слышать.`,
    verdict: (status) => ({ pass: 'вердикт: ПРОЙДЕНО', fail: 'вердикт: НЕ ПРОЙДЕНО', unknown: 'вердикт: НЕИЗВЕСТНО' })[status],
    computed: (sentence) => `Рассчитано, а не измерено. ${sentence}`,
    arrived: arrivedInRussian,
    doubts: ({ rejected, unanswered, uncertain }) =>
      `Отклонено сообщений: ${ru.whole(rejected)}, осталось без ответа: ${ru.whole(unanswered)}; о ${ru.counted(uncertain, { one: 'доставке', other: 'доставках' })} ничего нельзя сказать.`,
  },
};
