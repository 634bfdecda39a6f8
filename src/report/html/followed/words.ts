import type { Trace, TracePlace } from '../../../measure/traceSchema.js';
import type { InEveryLanguage, Language } from '../../language.js';
import { type Forms, figuresIn } from '../../numbers.js';
import type { Step } from './steps.js';

type Carried = 'message' | 'question' | 'answer';

/** A copy that nobody wanted, and a question, are other things than a message that is handed on. */
type Word = Step['what'] | 'dropped' | 'put';

interface Words {
  readonly title: string;
  readonly kinds: Readonly<Record<Trace['kind'], (from: string, to: string) => string>>;
  readonly carried: Readonly<Record<Carried, string>>;
  /** On an arrow. */
  readonly short: Readonly<Record<Word, string>>;
  /** Of a step, in a sentence. */
  readonly long: Readonly<Record<Word, (from: string, to: string, more: More) => string>>;
  readonly receivers: Forms;
  readonly entries: Forms;
  readonly copies: (number: string, lastMs: string) => string;
  readonly times: {
    both(from: string, to: string): string;
    left(at: string): string;
    arrived(at: string): string;
    readonly unseen: string;
  };
  readonly controls: Readonly<
    Record<'label' | 'play' | 'pause' | 'back' | 'forward' | 'speed' | 'quick' | 'normal' | 'slow' | 'still', string>
  >;
  readonly captions: { readonly scene: string; readonly sequence: string; readonly steps: string; readonly unknown: string };
  readonly about: string;
  /** Of several strategies. */
  readonly each: string;
  readonly simulated: string;
  clocks(error: string): string;
  leftOut(places: string, hops: string): string;
}

/** What a sentence may need beside the two places. */
interface More {
  /** `the message`, `the answer` */
  readonly it: string;
  readonly channel: string | undefined;
  readonly receivers: string | undefined;
  readonly entries: string;
  readonly outcome: string | undefined;
}

const en: Words = {
  title: 'One message, followed',
  kinds: {
    message: (from, to) => `A message from ${from} to ${to}`,
    post: (from, to) => `A message from ${from} to the room ${to}`,
    presence: (from, to) => `A question of ${from}: is ${to} online?`,
  },
  carried: { message: 'the message', question: 'the question', answer: 'the answer' },
  short: {
    sent: 'sends',
    asked: 'asks',
    replied: 'tells',
    published: 'publishes',
    relayed: 'relays',
    handed: 'hands on',
    put: 'asks',
    dropped: 'dropped',
    refused: 'refuses',
    accepted: 'confirms',
    written: 'writes',
    acknowledged: 'confirms',
  },
  long: {
    sent: (from, to) => `${from} sends it to its node, ${to}.`,
    asked: (from, to) => `${from} asks the directory at ${to} where it is wanted.`,
    replied: (from, to, { entries }) => `${from} tells ${to}: ${entries}.`,
    published: (from, to, { it, channel }) => `${from} publishes ${it} at ${to}${channel === undefined ? '' : `, channel ${channel}`}.`,
    relayed: (from, to) => `${from} passes it on to ${to}. Nobody saw that; it follows from what ${to} hands out.`,
    handed: (from, to, { it }) => `${from} hands ${it} to ${to}, where it is wanted.`,
    put: (from, to, { it }) => `${from} hands ${it} to ${to}, which has to answer.`,
    dropped: (from, to, { it }) => `${from} hands ${it} to ${to}, where nobody wants it: ${to} drops it.`,
    refused: (from, to) => `${from} did not take it from ${to}.`,
    accepted: (from, to, { receivers }) =>
      `${from} confirms to ${to} that it took it${receivers === undefined ? '' : `, and has ${receivers}`}.`,
    written: (from, to) => `${from} writes it to ${to}.`,
    acknowledged: (from, to, { outcome }) => `${from} tells ${to}: ${outcome ?? ''}.`,
  },
  receivers: { one: 'receiver', other: 'receivers' },
  entries: { one: 'place', other: 'places' },
  copies: (number, lastMs) => `${number} of these, the last at ${lastMs} ms.`,
  times: {
    both: (from, to) => `${from} → ${to} ms`,
    left: (at) => `from ${at} ms`,
    arrived: (at) => `at ${at} ms`,
    unseen: 'not seen',
  },
  controls: {
    label: 'Play the message',
    play: 'Play',
    pause: 'Pause',
    back: 'Step back',
    forward: 'Step forward',
    speed: 'Speed',
    quick: 'quick',
    normal: 'normal',
    slow: 'slow motion',
    still: 'Your system asks for less motion: nothing moves, the steps still work.',
  },
  captions: {
    scene: 'Where it went; the numbers are those of the steps. Orange and dashed: a copy that nobody wanted.',
    sequence:
      'One row for each step, in order and not to scale; on the left its number and when it left or, if nobody saw that, arrived, in ms.',
    steps: 'Step by step',
    unknown: 'Nobody saw',
  },
  about:
    'Real messages, sent through the same processes when the load was over and all was counted: they are in no figure of this page. Each process says by its own clock what it saw. The system was idle, so the times show the way and not how long users wait under load.',
  each: 'What becomes of one message with each strategy: sent when the load was over, through an idle system.',
  simulated: 'Messages of the simulation after its load. Time passes only on the way from place to place.',
  clocks: (error) => `Two clocks may have been ${error} ms apart, so a step can seem shorter or longer than it was by that.`,
  leftOut: (places, hops) => `It also passed ${places} more places (${hops} more hops), which are not drawn.`,
};

const ru: Words = {
  title: 'Путь одного сообщения',
  kinds: {
    message: (from, to) => `Сообщение от ${from} к ${to}`,
    post: (from, to) => `Сообщение от ${from} в комнату ${to}`,
    presence: (from, to) => `Вопрос от ${from}: в сети ли ${to}?`,
  },
  carried: { message: 'сообщение', question: 'вопрос', answer: 'ответ' },
  short: {
    sent: 'шлёт',
    asked: 'вопрос',
    replied: 'ответ',
    published: 'публикует',
    relayed: 'передаёт',
    handed: 'отдаёт',
    put: 'вопрос',
    dropped: 'лишнее',
    refused: 'отказ',
    accepted: 'принято',
    written: 'пишет',
    acknowledged: 'принято',
  },
  long: {
    sent: (from, to) => `${from} отправляет его своему узлу ${to}.`,
    asked: (from, to) => `${from} спрашивает справочник (${to}), где его ждут.`,
    replied: (from, to, { entries }) => `${from} отвечает узлу ${to}: ${entries}.`,
    published: (from, to, { it, channel }) => `${from} публикует ${it} на ${to}${channel === undefined ? '' : `, канал ${channel}`}.`,
    relayed: (from, to) => `${from} передаёт его на ${to}. Этого никто не видел: это следует из того, что ${to} его раздаёт.`,
    handed: (from, to, { it }) => `${from} отдаёт ${it} узлу ${to}, где его ждут.`,
    put: (from, to, { it }) => `${from} отдаёт ${it} узлу ${to}, тот должен ответить.`,
    dropped: (from, to, { it }) => `${from} отдаёт ${it} узлу ${to}, где оно никому не нужно: ${to} его отбрасывает.`,
    refused: (from, to) => `${from} не принял его от ${to}.`,
    accepted: (from, to, { receivers }) =>
      `${from} подтверждает узлу ${to}, что принял его${receivers === undefined ? '' : `: ${receivers}`}.`,
    written: (from, to) => `${from} пишет его в соединение ${to}.`,
    acknowledged: (from, to, { outcome }) => `${from} сообщает ${to}: ${outcome ?? ''}.`,
  },
  receivers: { one: 'получатель', few: 'получателя', many: 'получателей', other: 'получателя' },
  entries: { one: 'место', few: 'места', many: 'мест', other: 'места' },
  copies: (number, lastMs) => `Таких шагов ${number}, последний — в ${lastMs} мс.`,
  times: {
    both: (from, to) => `${from} → ${to} мс`,
    left: (at) => `с ${at} мс`,
    arrived: (at) => `в ${at} мс`,
    unseen: 'не видно',
  },
  controls: {
    label: 'Показать движение сообщения',
    play: 'Пуск',
    pause: 'Пауза',
    back: 'Шаг назад',
    forward: 'Шаг вперёд',
    speed: 'Скорость',
    quick: 'быстро',
    normal: 'обычно',
    slow: 'медленно',
    still: 'Система просит меньше движения: ничего не движется, шаги работают.',
  },
  captions: {
    scene: 'Где оно прошло; номера — номера шагов. Оранжевый пунктир — копия, которую никто не ждал.',
    sequence:
      'Строка на каждый шаг, по порядку и не в масштабе; слева номер шага и время отправления или, если его никто не видел, прибытия, мс.',
    steps: 'Шаг за шагом',
    unknown: 'Чего никто не видел',
  },
  about:
    'Настоящие сообщения, отправленные через те же процессы, когда нагрузка кончилась и всё было подсчитано: в числа этой страницы они не входят. Каждый процесс сообщает по своим часам, что он видел. Система при этом простаивала, так что времена показывают путь, а не ожидание под нагрузкой.',
  each: 'Что происходит с одним сообщением при каждой стратегии: оно отправлено после нагрузки, через простаивающую систему.',
  simulated: 'Сообщения симуляции после её нагрузки. Время идёт только в пути от места к месту.',
  clocks: (error) => `Часы двух процессов могли расходиться на ${error} мс, и на столько же шаг может казаться короче или длиннее.`,
  leftOut: (places, hops) => `Оно прошло ещё через другие места (${places}; шагов: ${hops}), они не нарисованы.`,
};

export const words: InEveryLanguage<Words> = { en, ru };

export function wordOf({ what, wasted, hop }: Step): Word {
  if (what !== 'handed') return what;
  if (wasted) return 'dropped';
  return hop.carries === 'question' ? 'put' : 'handed';
}

export function sentenceOf(step: Step, language: Language): string {
  const { long, carried, receivers, entries, copies } = words[language];
  const { counted, whole, hundredths } = figuresIn(language);
  const { channel, carries = 'message', count, outcome, copies: number, lastMs } = step.hop;
  const sentence = long[wordOf(step)](step.from, step.to, {
    it: carried[carries],
    channel,
    receivers: count === undefined ? undefined : counted(count, receivers),
    entries: counted(count ?? 0, entries),
    outcome,
  });
  return number === undefined ? sentence : `${sentence} ${copies(whole(number), hundredths(lastMs ?? 0))}`;
}

export function timesOf({ departedMs, arrivedMs }: Step, language: Language): string {
  const { times } = words[language];
  const { hundredths } = figuresIn(language);
  if (departedMs !== null && arrivedMs !== null) return times.both(hundredths(departedMs), hundredths(arrivedMs));
  if (departedMs !== null) return times.left(hundredths(departedMs));
  return arrivedMs === null ? times.unseen : times.arrived(hundredths(arrivedMs));
}

/** What a place is called in a picture: clients that stand together by how many they are. */
export function labelOf({ id, node, sockets }: TracePlace): string {
  return sockets === undefined ? id : `${sockets} @ ${node}`;
}
