import { usage } from '../error.js';
import { type Stream, streamOf, type Target } from '../measure/ledger.js';
import { roomId, userId } from '../plan/placement.js';
import type { Size } from '../routing/types.js';

/** What the text of a message says of itself. Times are Unix ms. */
export interface Said {
  readonly stream: Stream;
  readonly sequence: number;
  readonly intendedMs: number;
  readonly sentMs: number;
}

const pattern = /^([A-Za-z0-9_-]{1,64} [ur]:[A-Za-z0-9_-]{1,64}) ([1-9][0-9]{0,8}) ([0-9]{13}\.[0-9]{3}) ([0-9]{13}\.[0-9]{3})(?: \.*)?$/;

/** `u5 u:u7 12 <intended> <sent> ....`, padded to that many bytes; all ASCII. */
export function writeText({ stream, sequence, intendedMs, sentMs }: Said, bytes: number): string {
  const head = `${stream} ${sequence} ${intendedMs.toFixed(3)} ${sentMs.toFixed(3)}`;
  return head.length < bytes ? `${head} `.padEnd(bytes, '.') : head;
}

/** Undefined for everything that `writeText` did not write to that size. */
export function readText(text: string, bytes: number): Said | undefined {
  const [, stream, sequence, intended, sent] = pattern.exec(text) ?? [];
  if (stream === undefined || text.length !== bytes) return undefined;
  return { stream: stream as Stream, sequence: Number(sequence), intendedMs: Number(intended), sentMs: Number(sent) };
}

/** A message cannot be shorter than what it says of itself. */
export function checkBytes({ users, ratePerSecond, seconds, bytes }: Size, rooms: number): void {
  const user = userId(users - 1);
  const targets: Target[] = [`u:${user}`, ...(rooms > 0 ? [`r:${roomId(rooms - 1)}` as const] : [])];
  const sequence = Math.max(1, Math.round(ratePerSecond * seconds));
  const lengths = targets.map(
    (target) => writeText({ stream: streamOf(user, target), sequence, intendedMs: 1e12, sentMs: 1e12 }, 0).length,
  );
  const least = Math.max(...lengths);
  if (bytes < least)
    throw usage(`messages of ${bytes} bytes cannot carry their sender, number and times: ${least} bytes are the least at this size`);
}
