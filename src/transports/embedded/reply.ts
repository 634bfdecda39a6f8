/** RESP replies as latin1 strings: one character is one byte on the wire. */
export type Protocol = 2 | 3;

/** A command was refused or failed; the message is the whole error line, code first. */
export class ReplyError extends Error {}

export const ok = '+OK\r\n';

export function status(text: string): string {
  return `+${text}\r\n`;
}

export function failure(text: string): string {
  return `-${oneLine(text)}\r\n`;
}

export function integer(value: number): string {
  return `:${value}\r\n`;
}

export function bulk(bytes: string): string {
  return `$${bytes.length}\r\n${bytes}\r\n`;
}

/** Items are replies themselves. */
export function array(items: readonly string[]): string {
  return arrayHeader(items.length) + items.join('');
}

export function arrayHeader(length: number): string {
  return `*${length}\r\n`;
}

export function nothing(protocol: Protocol): string {
  return protocol === 3 ? '_\r\n' : '$-1\r\n';
}

export function bulkOrNothing(protocol: Protocol, bytes: string | null): string {
  return bytes === null ? nothing(protocol) : bulk(bytes);
}

export function set(protocol: Protocol, items: readonly string[]): string {
  return `${protocol === 3 ? '~' : '*'}${items.length}\r\n${items.join('')}`;
}

export function map(protocol: Protocol, entries: readonly (readonly [key: string, value: string])[]): string {
  const header = protocol === 3 ? `%${entries.length}\r\n` : arrayHeader(entries.length * 2);
  return header + entries.flat().join('');
}

/** An array that belongs to no request; RESP2 has no type of its own for it. */
export function push(protocol: Protocol, items: readonly string[]): string {
  return pushHeader(protocol, items.length) + items.join('');
}

export function pushHeader(protocol: Protocol, length: number): string {
  return protocol === 3 ? `>${length}\r\n` : arrayHeader(length);
}

export function verbatim(protocol: Protocol, text: string): string {
  return protocol === 3 ? `=${text.length + 4}\r\ntxt:${text}\r\n` : bulk(text);
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}
