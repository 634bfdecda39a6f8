import type { Message } from '../routing/messages.js';
import { type DeliveryEvent, deliveryText } from './deliveryText.js';
import { Packet } from './packet.js';
import { parseAnswer, parseNotice, parseQuestion } from './presenceBodies.js';
import type { Delivery, StatusChange } from './protocol.js';

const textKinds: ReadonlySet<string> = new Set(['chat', 'probe']);
const eventOpening = Buffer.from('2["');

/** The body of a message is its packet, encoded once at the sender's node: what Socket.IO's `Client.writeToEngine` would hand to `conn.write`. */
export function encodeDelivery(event: DeliveryEvent, id: string, delivery: Omit<Delivery, 'id'>): Buffer {
  return Buffer.from(deliveryText(event, id, delivery));
}

/** The same packet for a change of status; a node makes it for its own sockets only. */
export function encodeStatus(change: StatusChange): Packet {
  return Packet.ofText(`2${JSON.stringify(['status', change])}`);
}

/** Makes one packet of the body of a message for all its local sockets and topics: they come in a row. */
export class BodyReader {
  #last: { readonly body: Buffer; readonly packet: Packet } | undefined;

  read(body: Buffer): Packet {
    if (this.#last?.body !== body) this.#last = { body, packet: Packet.ofBody(body) };
    return this.#last.packet;
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
