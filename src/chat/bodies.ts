import type { Message } from '../routing/messages.js';
import { parseAnswer, parseNotice, parseQuestion } from './presenceBodies.js';
import type { Delivery, StatusChange } from './protocol.js';

export type DeliveryEvent = 'message' | 'post' | 'probe';

const textKinds: ReadonlySet<string> = new Set(['chat', 'probe']);
const eventOpening = Buffer.from('2["');

/**
 * The body of a message is the complete Socket.IO packet (`2` = EVENT, namespace `/`, no ack id, then the JSON array), encoded once at the sender's node.
 * It is what socket.io-parser's `Encoder.encodeAsString` would make, and what Socket.IO's `Client.writeToEngine` would hand to `conn.write`.
 */
export function encodeDelivery(event: DeliveryEvent, delivery: Delivery): Buffer {
  return Buffer.from(`2${JSON.stringify([event, delivery])}`);
}

/** The same packet for a change of status; a node makes it for its own sockets only. */
export function encodeStatus(change: StatusChange): string {
  return `2${JSON.stringify(['status', change])}`;
}

/** Decodes the body of a message once for all its local sockets and topics: they come in a row. */
export class BodyReader {
  #last: { readonly body: Buffer; readonly text: string } | undefined;

  read(body: Buffer): string {
    if (this.#last?.body !== body) this.#last = { body, text: body.toString('utf8') };
    return this.#last.text;
  }
}

/** Whether a message from a broker has the form of what nodes say; anything else is junk. */
export function isWellFormed({ kind, topics, body }: Message<Buffer>): boolean {
  if (textKinds.has(kind)) return topics.every(isForSockets) && body.subarray(0, eventOpening.length).equals(eventOpening);
  const [topic] = topics;
  if (kind !== 'presence' || topic === undefined || topics.length !== 1) return false;
  if (topic.startsWith('u:')) return parseQuestion(body.toString('utf8')) !== undefined;
  if (topic.startsWith('s:')) return parseNotice(body.toString('utf8')) !== undefined;
  return topic.startsWith('n:') && parseAnswer(body.toString('utf8')) !== undefined;
}

function isForSockets(topic: string): boolean {
  return topic.startsWith('u:') || topic.startsWith('r:');
}
