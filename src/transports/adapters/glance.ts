import type { Topic } from '../../routing/types.js';

/**
 * What a glance at a message between two adapters tells, without decoding it: decoding everything twice would slow down the adapter under test.
 * Each format below is what the published packages write, field by field in this order; anything else is no message of theirs.
 */
export interface Glance {
  /** The adapter that made it; empty where the message does not say. */
  readonly uid: string;
  /** `event`: for the other servers themselves, not for sockets. */
  readonly type: 'broadcast' | 'question' | 'answer' | 'event' | 'other';
  /** Of a broadcast: the event that sockets get. */
  readonly event: string;
  /** The room of a broadcast or a question, when it names exactly one. */
  readonly room: string;
}

/** `MessageType` of socket.io-adapter 2.5. */
const types: Readonly<Record<number, Glance['type']>> = { 3: 'broadcast', 7: 'question', 8: 'answer', 9: 'event' };
const headBytes = 100;
const tailBytes = 400;
const nothing = { uid: '', event: '', room: '' } as const;

/** ClusterAdapter's message as JSON: `{"type":3,"data":{"packet":{"type":2,"data":["message",...]},"opts":{"rooms":["u:ann"],...}},"uid":"...","nsp":"/"}`. */
export function glanceAtJson(bytes: Buffer): Glance | undefined {
  const head = bytes.toString('latin1', 0, headBytes);
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - tailBytes));
  const type = /^\{"type":(\d+)[,}]/.exec(head)?.[1];
  const uid = /"uid":"([0-9a-f]{16})","nsp":"\/"\}$/.exec(tail)?.[1];
  if (type === undefined || uid === undefined) return undefined;
  return { uid, type: types[Number(type)] ?? 'other', event: eventIn(head), room: roomIn(tail) };
}

/** An entry of the streams adapter: the same with `uid` and `type` beside `data`. */
export function glanceAtEntry({ uid, type, data = '' }: Readonly<Record<string, string>>): Glance | undefined {
  if (uid === undefined || type === undefined) return undefined;
  return { uid, type: types[Number(type)] ?? 'other', event: eventIn(data.slice(0, headBytes)), room: roomIn(data.slice(-tailBytes)) };
}

/** ClusterAdapter's message as MessagePack, in which the streams adapter sends what is not kept: a map that begins with `type` and ends with `uid` and `nsp`. */
export function glanceAtMap(bytes: Buffer): Glance | undefined {
  const type = bytes.indexOf('\xa4type', 0, 'latin1') === 1 ? bytes[6] : undefined;
  const at = bytes.lastIndexOf('\xa3uid\xb0', undefined, 'latin1');
  if (type === undefined || at < 0) return undefined;
  return { ...nothing, uid: bytes.toString('latin1', at + 5, at + 21), type: types[type] ?? 'other', room: roomInMap(bytes) };
}

/** The classic adapter's broadcast in MessagePack: `[uid, {type: 2, data: ["message", ...]}, opts]`; the room stands in the channel. */
export function glanceAtBroadcast(bytes: Buffer, room: string): Glance | undefined {
  if (bytes[0] !== 0x93 || bytes[1] !== 0xa6) return undefined;
  const name = bytes.indexOf('\xa4data', 8, 'latin1') + 6;
  const length = (bytes[name] ?? 0) & 0x1f;
  if (name < 8 || (bytes[name] ?? 0) >> 5 !== 0b101) return undefined;
  const event = bytes.toString('latin1', name + 1, name + 1 + length);
  return { uid: bytes.toString('latin1', 2, 8), type: 'broadcast', event, room };
}

/** The classic adapter's request: JSON that begins with the asker. Type 5 is fetchSockets, 6 serverSideEmit. */
export function glanceAtRequest(bytes: Buffer): Glance | undefined {
  const head = bytes.toString('latin1', 0, headBytes);
  const uid = /^\{"uid":"([\w-]{6})"/.exec(head)?.[1];
  const type = /"type":(\d+)/.exec(head)?.[1];
  if (uid === undefined || type === undefined) return undefined;
  const kinds: Readonly<Record<string, Glance['type']>> = { 5: 'question', 6: 'event' };
  return { ...nothing, uid, type: kinds[type] ?? 'other', room: roomIn(bytes.toString('latin1', 0, tailBytes)) };
}

/** The classic adapter's response does not say whose it is. */
export function glanceAtResponse(bytes: Buffer): Glance | undefined {
  return bytes.toString('latin1', 0, 13) === '{"requestId":' ? { ...nothing, type: 'answer' } : undefined;
}

/** Whether Socket.IO's room is a topic of ours. */
export function isTopic(room: string): room is Topic {
  return /^[ursn]:[A-Za-z0-9_-]{1,64}$/.test(room);
}

function eventIn(head: string): string {
  return /"packet":\{"type":2,"data":\["(\w+)"/.exec(head)?.[1] ?? '';
}

/** The text of a message cannot hold an unescaped quote, so the last match is the adapter's own. */
function roomIn(tail: string): string {
  const at = tail.lastIndexOf('"opts":{"rooms":[');
  return at < 0 ? '' : (/^"opts":\{"rooms":\["([\w:-]+)"\]/.exec(tail.slice(at))?.[1] ?? '');
}

function roomInMap(bytes: Buffer): string {
  const at = bytes.indexOf('\xa5rooms\x91', 0, 'latin1');
  const first = bytes[at + 7] ?? 0;
  if (at < 0) return '';
  const [from, length] = first === 0xd9 ? [at + 9, bytes[at + 8] ?? 0] : [at + 8, first & 0x1f];
  return bytes.toString('latin1', from, from + length);
}
