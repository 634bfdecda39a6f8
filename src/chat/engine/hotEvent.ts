import { isUtf8 } from 'node:buffer';

/** A client's chat message that asks for an acknowledgement, as Socket.IO's parser would hand it over. */
export interface HotEvent {
  /** Of the acknowledgement. */
  readonly id: number;
  /** The name of the event first. */
  readonly args: readonly unknown[];
}

/** Engine.IO's `4` (message) and Socket.IO's `2` (event): what every hot event begins with. */
export function mayBeHot(first: number, second: number): boolean {
  return first === 0x34 && second === 0x32;
}

/** More digits could lose precision, and no client counts so far. */
const idDigitsMax = 15;
const hotPattern = new RegExp(`^42(\\d{1,${idDigitsMax}})(?=\\["(?:message|post)",)`);

/**
 * Reads `42<id>["message",{...}]`. Undefined: it is not one, or there is anything about it that Socket.IO might not take as it is;
 * a second parser that decides what is an error is thereby never needed.
 */
export function readHotEvent(payload: Buffer, ascii: boolean): HotEvent | undefined {
  if (ascii) return readPlain(payload) ?? readParsed(payload.toString('latin1'));
  return isUtf8(payload) ? readParsed(payload.toString('utf8')) : undefined;
}

function readParsed(text: string): HotEvent | undefined {
  const [opening, id] = hotPattern.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const args = parsed(text.slice(opening.length));
  return args && { id: Number(id), args };
}

function parsed(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const [digitZero, digitNine, quote, backslash, firstPrintable] = [0x30, 0x39, 0x22, 0x5c, 0x20];
const toUser = Buffer.from('["message",{"to":"');
const toRoom = Buffer.from('["post",{"room":"');
const textBegins = Buffer.from('","text":"');
const ends = Buffer.from('"}]');

/** One as every client's JSON.stringify writes it, if nothing in it is escaped: nearly all are, and are read without a parser. */
function readPlain(payload: Buffer): HotEvent | undefined {
  const idEnd = endOfDigits(payload, 2);
  const forUser = standsAt(payload, idEnd, toUser);
  if (idEnd === 2 || idEnd > 2 + idDigitsMax || !(forUser || standsAt(payload, idEnd, toRoom))) return undefined;
  const whomAt = idEnd + (forUser ? toUser : toRoom).length;
  const whomEnd = endOfString(payload, whomAt);
  const textAt = whomEnd + textBegins.length;
  if (!standsAt(payload, whomEnd, textBegins)) return undefined;
  const textEnd = endOfString(payload, textAt);
  if (textEnd + ends.length !== payload.length || !standsAt(payload, textEnd, ends)) return undefined;
  const [whom, text] = [payload.toString('latin1', whomAt, whomEnd), payload.toString('latin1', textAt, textEnd)];
  return { id: numberAt(payload, 2, idEnd), args: forUser ? ['message', { to: whom, text }] : ['post', { room: whom, text }] };
}

function endOfDigits(payload: Buffer, from: number): number {
  let at = from;
  for (let byte = payload[at]; byte !== undefined && byte >= digitZero && byte <= digitNine; byte = payload[++at]);
  return at;
}

function numberAt(payload: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + (payload[at] ?? 0) - digitZero;
  return value;
}

function standsAt(payload: Buffer, from: number, expected: Buffer): boolean {
  for (let at = 0; at < expected.length; at++) if (payload[from + at] !== expected[at]) return false;
  return true;
}

/** Where its closing quote is, or whatever else JSON would not take as it is. */
function endOfString(payload: Buffer, from: number): number {
  let at = from;
  for (let byte = payload[at]; byte !== undefined && byte >= firstPrintable && byte !== quote && byte !== backslash; byte = payload[++at]);
  return at;
}
