/** Unsigned 32-bit numbers, seven bits in a byte, the lowest first; the highest bit says that more follow. */
const largestVarint = 2 ** 32 - 1;

/** How many bytes an unsigned 32-bit number takes. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++;
  return length;
}

/** Returns where the next byte goes. */
export function writeVarint(frame: Buffer, at: number, value: number): number {
  let rest = value >>> 0;
  let next = at;
  for (; rest > 0x7f; rest >>>= 7) frame[next++] = (rest & 0x7f) | 0x80;
  frame[next++] = rest;
  return next;
}

/** `next` is beyond the end of everything when there is none. */
export function readVarint(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80 && value <= largestVarint) return { value, next: at + index + 1 };
  }
  return { value: 0, next: Number.POSITIVE_INFINITY };
}
