import { pairs, type Section } from './section.js';

const words: readonly (readonly [string, string])[] = [
  ['user, socket', 'an account; one connection of it. A user may have several sockets, on several nodes.'],
  ['node', 'a chat server process.'],
  ['broker', 'a process that passes messages on between nodes, for example a Redis.'],
  ['topic', 'who a message is for: a user, a room, a user’s status, a node.'],
  ['channel', 'the name under which a topic is published and listened to at one broker.'],
  ['strategy', 'the rule that says where a listener and a sender of a topic meet. It is all that differs between two architectures.'],
  ['kind', 'what traffic is for: chat, presence (who is online), directory (who listens where), probe (tests before the load), control.'],
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
  ['start, drained', 'the load begins; nothing is under way any more. Counts are differences between the two.'],
  ['unknown', 'a verdict that is neither pass nor fail: the figures do not allow one.'],
];

/** The words of this page. */
export function glossarySection(): Section {
  return { id: 'glossary', title: 'Words used here', body: pairs(words) };
}
