import type { Counts } from '../../measure/result.js';
import type { InEveryLanguage } from '../language.js';
import { figuresIn } from '../numbers.js';

export interface CountsWords {
  readonly title: string;
  readonly caption: string;
  readonly columns: { readonly count: string; readonly number: string; readonly meaning: string };
  readonly counts: Readonly<Record<keyof Counts, { readonly name: string; readonly meaning: string }>>;
  taken(counts: Counts): string;
  readonly howCounted: string;
  readonly firstWrong: string;
}

const { whole } = figuresIn('en');
const ru = figuresIn('ru');

export const countsWords: InEveryLanguage<CountsWords> = {
  en: {
    title: 'What became of the messages',
    caption: 'The ledger',
    columns: { count: 'count', number: 'number', meaning: 'what it counts' },
    counts: {
      sent: { name: 'sent', meaning: 'messages the system took: their sender got an acknowledgement' },
      rejected: { name: 'rejected', meaning: 'messages the system refused: they did not happen' },
      unanswered: { name: 'unanswered', meaning: 'messages of which the sender never learnt what became of them' },
      expected: { name: 'expected', meaning: 'pairs (message, socket of a recipient) that had to be delivered' },
      delivered: { name: 'delivered', meaning: 'pairs that were, each counted once' },
      lost: { name: 'lost', meaning: 'pairs that were not' },
      duplicated: { name: 'duplicated', meaning: 'deliveries beyond the first of a pair' },
      misdelivered: { name: 'misdelivered', meaning: 'deliveries to somebody they were not for' },
      reordered: { name: 'reordered', meaning: 'deliveries that came after a later one of the same sender' },
      uncertain: {
        name: 'uncertain',
        meaning: 'pairs not delivered of which nobody can say that they had to be: somebody was just coming or going',
      },
    },
    taken: ({ sent, expected, delivered, lost }) =>
      `The system took ${whole(sent)} messages. For these, ${whole(expected)} deliveries were due: ${whole(delivered)} arrived, ${whole(lost)} did not.`,
    howCounted:
      'Counted by the load workers at both ends: each message has its sender and a number, so a missing, second, foreign or late one is seen. Nothing is estimated.',
    firstWrong: 'The first few that went wrong:',
  },
  ru: {
    title: 'Что стало с сообщениями',
    caption: 'Учётная книга',
    columns: { count: 'счётчик', number: 'число', meaning: 'что он считает' },
    counts: {
      sent: { name: 'принято', meaning: 'сообщения, принятые системой: отправитель получил подтверждение' },
      rejected: { name: 'отклонено', meaning: 'сообщения, в которых система отказала: их как бы не было' },
      unanswered: { name: 'без ответа', meaning: 'сообщения, о судьбе которых отправитель так и не узнал' },
      expected: { name: 'ожидалось', meaning: 'пары (сообщение, сокет получателя), которые должны были быть доставлены' },
      delivered: { name: 'доставлено', meaning: 'доставленные пары, каждая посчитана один раз' },
      lost: { name: 'потеряно', meaning: 'недоставленные пары' },
      duplicated: { name: 'повторено', meaning: 'доставки сверх первой для той же пары' },
      misdelivered: { name: 'доставлено чужим', meaning: 'доставки тем, кому сообщение не предназначалось' },
      reordered: { name: 'не по порядку', meaning: 'доставки, пришедшие после более позднего сообщения того же отправителя' },
      uncertain: {
        name: 'неопределённо',
        meaning: 'недоставленные пары, о которых нельзя сказать, что они были обязательны: кто-то как раз подключался или отключался',
      },
    },
    taken: ({ sent, expected, delivered, lost }) =>
      `Принято сообщений: ${ru.whole(sent)}. Для них требовалось доставок: ${ru.whole(expected)}; дошло ${ru.whole(delivered)}, не дошло ${ru.whole(lost)}.`,
    howCounted:
      'Считают генераторы нагрузки на обоих концах: у каждого сообщения есть отправитель и номер, поэтому видно и пропавшее, и повторное, и чужое, и опоздавшее. Ничего не оценивается приблизительно.',
    firstWrong: 'Первые из тех, с которыми что-то пошло не так:',
  },
};
