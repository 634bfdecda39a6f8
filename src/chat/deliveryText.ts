import type { Delivery } from './protocol.js';

export type DeliveryEvent = 'message' | 'post' | 'probe';

/**
 * A message as sockets get it: the complete Socket.IO packet (`2` = EVENT, namespace `/`, no ack id, then the JSON array).
 * Ids hold nothing that JSON escapes (`idPattern`), so only the text is. It is what socket.io-parser's `Encoder.encodeAsString` would make.
 */
export function deliveryText(event: DeliveryEvent, id: string, { from, to, room, text }: Omit<Delivery, 'id'>): string {
  const target = to === undefined ? `"room":"${room}"` : `"to":"${to}"`;
  return `2["${event}",{"id":"${id}","from":"${from}",${target},"text":${JSON.stringify(text)}}]`;
}
