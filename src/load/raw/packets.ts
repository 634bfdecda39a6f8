import type { Requests } from '../../chat/protocol.js';

/** The first character of an Engine.IO packet (protocol 4). Those not named here are none, or mean nothing over a WebSocket. */
export const engine = { open: '0', ping: '2', pong: '3', message: '4' } as const;
const enginePackets = /^[0-6]/;

/** Of a Socket.IO packet (protocol 5), behind Engine.IO's. */
const types = { connect: '0', disconnect: '1', event: '2', acknowledgement: '3', connectError: '4' } as const;

/** Names that Socket.IO keeps for itself: an event of one of them is no packet. */
const reserved: ReadonlySet<unknown> = new Set([
  ...['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'],
]);

export type Packet =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'event'; readonly name: unknown; readonly argument: unknown }
  | { readonly type: 'acknowledgement'; readonly id: number; readonly argument: unknown }
  | { readonly type: 'connectError'; readonly reason: string }
  /** Of a namespace that nobody here is in, or an acknowledgement without a number: it goes nowhere. */
  | { readonly type: 'other' };

/** The times of the handshake; undefined when it is none. */
export function readOpen(text: string): { readonly aliveMs: number } | undefined {
  const { pingInterval, pingTimeout } = fieldsOf(parsed(text.slice(1)));
  return typeof pingInterval === 'number' && typeof pingTimeout === 'number' ? { aliveMs: pingInterval + pingTimeout } : undefined;
}

export function isEnginePacket(text: string): boolean {
  return enginePackets.test(text);
}

export function connectPacket(auth: object): string {
  return `${engine.message}${types.connect}${JSON.stringify(auth)}`;
}

export const disconnectPacket = `${engine.message}${types.disconnect}`;

/** `name` needs no escapes. */
export function eventPacket<Event extends keyof Requests>(id: number, name: Event, argument: Requests[Event]): string {
  return `${engine.message}${types.event}${id}["${name}",${isSaying(argument) ? jsonOf(argument) : JSON.stringify(argument)}]`;
}

type Saying = Requests['message' | 'post'];

function isSaying(argument: Requests[keyof Requests]): argument is Saying {
  return 'text' in argument;
}

const plain = /^[ !#-[\]-~]*$/;

function isPlain(text: unknown): boolean {
  return typeof text === 'string' && plain.test(text);
}

/** As `JSON.stringify` has it, at a fifth of the cost for what a load says: there is nothing to escape in it. Tests say what is no text. */
function jsonOf(saying: Saying): string {
  const [kind, to] = 'to' in saying ? ['to', saying.to] : ['room', saying.room];
  return isPlain(saying.text) && isPlain(to) ? `{"${kind}":"${to}","text":"${saying.text}"}` : JSON.stringify(saying);
}

const word = '([A-Za-z0-9_-]*)';
const usualPush = new RegExp(
  `^42\\["(message|post|probe)",\\{"id":"${word}","from":"${word}","(to|room)":"${word}","text":"([ !#-[\\]-~]*)"\\}\\]$`,
);
const usualAnswer = new RegExp(`^43([0-9]+)\\[\\{"ok":true(?:,"id":"${word}")?\\}\\]$`);

/** The two packets that a load consists of, as chat nodes write them: without escapes, so what stands between the quotes is what JSON would make of it. */
export function readUsual(text: string): Packet | undefined {
  if (text[1] === types.event) {
    const [, name, id, from, kind, to, said] = usualPush.exec(text) ?? [];
    if (name === undefined) return undefined;
    return { type: 'event', name, argument: kind === 'to' ? { id, from, to, text: said } : { id, from, room: to, text: said } };
  }
  const [, number, id] = usualAnswer.exec(text) ?? [];
  if (number === undefined) return undefined;
  return { type: 'acknowledgement', id: Number(number), argument: id === undefined ? { ok: true } : { ok: true, id } };
}

/** `4` + type + [`/namespace,`] + [id] + [JSON]. Undefined: no packet, or one with binary parts, which no chat node sends. */
export function readPacket(text: string): Packet | undefined {
  const [, type, namespace, id, json = ''] = /^4([0-4])(\/[^,]*,?)?([0-9]+)?(.*)$/s.exec(text) ?? [];
  if (type === undefined) return undefined;
  const payload = json === '' ? undefined : parsed(json);
  if (json !== '' && payload === undefined) return undefined;
  const packet = packetOf(type, id, payload);
  const foreign = namespace !== undefined && namespace !== '/,';
  return packet !== undefined && foreign ? { type: 'other' } : packet;
}

function packetOf(type: string, id: string | undefined, payload: unknown): Packet | undefined {
  if (type === types.event) return eventOf(payload);
  if (type === types.acknowledgement) return acknowledgementOf(id, payload);
  if (type === types.disconnect) return payload === undefined ? { type: 'disconnect' } : undefined;
  if (type === types.connect) return payload === undefined || isFields(payload) ? connectOf(payload) : undefined;
  return connectErrorOf(payload);
}

function eventOf(payload: unknown): Packet | undefined {
  if (!Array.isArray(payload)) return undefined;
  const name: unknown = payload[0];
  if (typeof name !== 'number' && (typeof name !== 'string' || reserved.has(name))) return undefined;
  return { type: 'event', name, argument: payload[1] };
}

function acknowledgementOf(id: string | undefined, payload: unknown): Packet | undefined {
  if (!Array.isArray(payload)) return undefined;
  return id === undefined ? { type: 'other' } : { type: 'acknowledgement', id: Number(id), argument: payload[0] };
}

function connectOf(payload: unknown): Packet {
  return typeof fieldsOf(payload).sid === 'string'
    ? { type: 'connect' }
    : { type: 'connectError', reason: 'the server speaks Socket.IO 2: it named no session' };
}

function connectErrorOf(payload: unknown): Packet | undefined {
  const reason = typeof payload === 'string' ? payload : fieldsOf(payload).message;
  return typeof reason === 'string' ? { type: 'connectError', reason } : undefined;
}

/** Undefined where it is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}
