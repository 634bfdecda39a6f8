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
const hotPattern = /^42(\d{1,15})(?=\["(?:message|post)",)/;

/**
 * Reads `42<id>["message",{...}]`. Undefined: it is not one, or there is anything about it that Socket.IO might not take as it is;
 * a second parser that decides what is an error is thereby never needed.
 */
export function readHotEvent(payload: Buffer, ascii: boolean): HotEvent | undefined {
  if (!ascii && !isUtf8(payload)) return undefined;
  const text = ascii ? payload.toString('latin1') : payload.toString('utf8');
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
