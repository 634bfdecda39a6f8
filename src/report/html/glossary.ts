import type { InEveryLanguage, Language } from '../language.js';
import { pairs, type Section } from './section.js';

interface Words {
  readonly title: string;
  readonly terms: readonly (readonly [string, string])[];
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Words used here',
    terms: [
      ['user, socket', 'an account; one connection of it. A user may have several sockets, on several nodes.'],
      ['node', 'a chat server process.'],
      ['broker', 'a process that passes messages on between nodes, for example a Redis.'],
      ['topic', 'who a message is for: a user, a room, a user’s status, a node.'],
      ['channel', 'the name under which a topic is published and listened to at one broker.'],
      ['strategy', 'the rule that says where a listener and a sender of a topic meet. It is all that differs between two architectures.'],
      [
        'kind',
        'what traffic is for: chat, presence (who is online), directory (who listens where), probe (tests before the load), control.',
      ],
      ['published, received', 'messages a node put to brokers, and got from them.'],
      ['useful, wasted', 'received and wanted by a socket of that node; received and wanted by none.'],
      ['in, out, relayed', 'messages a broker took in, handed to nodes, and handed on to other brokers.'],
      ['hop', 'a message straight from one node to another, without a broker between them.'],
      ['question', 'what a node asks a directory: where is a topic wanted? Each has one answer.'],
      ['amplification', 'messages through brokers (in, relayed, out), hops, questions and answers per delivered message.'],
      ['ledger', 'the account of what each recipient got of what it should have got.'],
      ['accounting', 'the comparison of what nodes say with what brokers say.'],
      ['same node, cross node', 'sender and recipient are connected to one node, or to two.'],
      ['p99', 'the value that 99 of 100 stay below; p50 is the middle one.'],
      ['open loop', 'messages are sent at their intended times, however slow the system is; waiting counts as latency.'],
      [
        'coordinated omission',
        'the mistake of not counting the wait of messages that a slow system kept from being sent. Response avoids it, service has it.',
      ],
      ['start, drained', 'the load begins; nothing is under way any more. Counts are differences between the two.'],
      ['unknown', 'a verdict that is neither pass nor fail: the figures do not allow one.'],
    ],
  },
  ru: {
    title: 'Словарь',
    terms: [
      ['пользователь, сокет', 'учётная запись; одно её соединение. У пользователя может быть несколько сокетов, на нескольких узлах.'],
      ['узел', 'процесс сервера чата; в статье — нода.'],
      ['брокер', 'процесс, передающий сообщения между узлами, например Redis.'],
      ['тема', 'кому предназначено сообщение: пользователю, комнате, следящим за статусом пользователя, узлу.'],
      ['канал', 'имя, под которым тему публикуют и слушают на одном брокере.'],
      ['стратегия', 'правило, по которому слушатель и отправитель темы находят место встречи. Только этим и отличаются две архитектуры.'],
      [
        'вид',
        'для чего трафик: чат, присутствие (кто в сети), справочник (кто где слушает), проба (проверки перед нагрузкой), управление.',
      ],
      ['опубликовано, получено', 'сообщения, которые узел отдал брокерам и взял у них.'],
      ['полезно, впустую', 'получено и нужно какому-то сокету этого узла; получено и не нужно никому.'],
      ['принято, роздано, передано', 'сообщения, которые брокер принял, раздал узлам и передал другим брокерам.'],
      ['прыжок', 'сообщение прямо от узла к узлу, без брокера между ними.'],
      ['вопрос', 'что узел спрашивает у справочника: где нужна эта тема? На каждый вопрос один ответ.'],
      ['усиление', 'сообщения через брокеры (принято, передано, роздано), прыжки, вопросы и ответы на одно доставленное сообщение.'],
      ['учётная книга', 'запись того, что каждый получатель получил из причитавшегося ему.'],
      ['учёт', 'сверка слов узлов со словами брокеров.'],
      ['внутри узла, между узлами', 'отправитель и получатель подключены к одному узлу или к разным.'],
      ['p99', 'значение, которого не превышают 99 из 100; p50 — среднее по порядку.'],
      ['открытый цикл', 'сообщения отправляются в задуманное время, как бы медленна ни была система; ожидание входит в задержку.'],
      [
        'согласованное упущение',
        'ошибка, когда не учитывается ожидание сообщений, отправить которые помешала медленная система. Отклик от неё свободен, обслуживание — нет.',
      ],
      ['старт, затишье', 'нагрузка начинается; ничего больше нет в пути. Счётчики — разности между этими моментами.'],
      ['неизвестно', 'вердикт, который ни «пройдено», ни «не пройдено»: показатели не позволяют судить.'],
    ],
  },
};

/** The words of this page. */
export function glossarySection(language: Language): Section {
  const { title, terms } = words[language];
  return { id: 'glossary', title, body: pairs(terms) };
}
