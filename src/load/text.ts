import { usage } from '../error.js';
import { type Stream, streamOf, type Target } from '../measure/ledger.js';
import { roomId, userId } from '../plan/placement.js';
import type { Size } from '../routing/types.js';

/** What the text of a message says of itself. Users and rooms are numbers, times Unix ms. */
export interface Said {
  readonly from: number;
  /** Whether `to` is a user or a room. */
  readonly form: 'u' | 'r';
  readonly to: number;
  readonly sequence: number;
  readonly intendedMs: number;
  readonly sentMs: number;
}

const number = '(?:0|[1-9][0-9]{0,8})';
const time = '[0-9]{13}\\.[0-9]{3}';
const timeLength = 17;
const pattern = new RegExp(`^u${number} (?:u:u|r:r)${number} [1-9][0-9]{0,8} ${time} ${time}(?: \\.*)?$`);

/** `u5 u:u7 12 <intended> <sent> ....`, padded to that many bytes; all ASCII. */
export function writeText({ from, form, to, sequence, intendedMs, sentMs }: Said, bytes: number): string {
  const head = `u${from} ${form}:${form}${to} ${sequence} ${thousandths(intendedMs)} ${thousandths(sentMs)}`;
  return head.length < bytes ? `${head} ${dots(bytes - head.length - 1)}` : head;
}

/** Undefined for everything that `writeText` did not write to that size. The pattern hands out no parts, which would cost more than all the rest. */
export function readText(text: string, bytes: number): Said | undefined {
  if (text.length !== bytes || !pattern.test(text)) return undefined;
  const from = text.indexOf(' ');
  const to = text.indexOf(' ', from + 1);
  const sequence = text.indexOf(' ', to + 1);
  const sent = sequence + 1 + timeLength;
  return {
    from: digits(text, 1, from),
    form: text[from + 1] === 'u' ? 'u' : 'r',
    to: digits(text, from + 4, to),
    sequence: digits(text, to + 1, sequence),
    intendedMs: timeAt(text, sequence + 1),
    sentMs: timeAt(text, sent + 1),
  };
}

export function targetSaid({ form, to }: Pick<Said, 'form' | 'to'>): Target {
  return form === 'u' ? `u:${userId(to)}` : `r:${roomId(to)}`;
}

export function streamSaid(said: Pick<Said, 'from' | 'form' | 'to'>): Stream {
  return streamOf(userId(said.from), targetSaid(said));
}

/** A message cannot be shorter than what it says of itself. */
export function checkBytes({ users, ratePerSecond, seconds, bytes }: Size, rooms: number): void {
  const sequence = Math.max(1, Math.round(ratePerSecond * seconds));
  const said = { from: users - 1, sequence, intendedMs: 1e12, sentMs: 1e12 };
  const longest = [{ ...said, form: 'u', to: users - 1 } as const, { ...said, form: 'r', to: Math.max(0, rooms - 1) } as const];
  const least = Math.max(...longest.map((one) => writeText(one, 0).length));
  if (bytes < least)
    throw usage(`messages of ${bytes} bytes cannot carry their sender, number and times: ${least} bytes are the least at this size`);
}

const threeDigits = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
let lastSecond = { second: 0, digits: '0' };

/** As `toFixed(3)`, which is slow: times of a load share their seconds. */
function thousandths(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const rounded = Math.round((ms - whole * 1000) * 1000);
  const [second, rest] = rounded < 1e6 ? [whole, rounded] : [whole + 1, 0];
  if (lastSecond.second !== second) lastSecond = { second, digits: String(second) };
  return `${lastSecond.digits}${threeDigits[Math.floor(rest / 1000)]}.${threeDigits[rest % 1000]}`;
}

/** Thousandths of ms are whole and below 2^53, so that dividing them rounds once, as reading the decimal fraction would. */
function timeAt(text: string, start: number): number {
  const point = start + timeLength - 4;
  return (digits(text, start, point) * 1000 + digits(text, point + 1, point + 4)) / 1000;
}

/** Of a text that is known to have nothing else there. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30;
  return value;
}

let padding = '';

function dots(length: number): string {
  if (padding.length !== length) padding = padding.length > length ? padding.slice(0, length) : '.'.repeat(length);
  return padding;
}
