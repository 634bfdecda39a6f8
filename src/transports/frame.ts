import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { Message } from '../routing/messages.js';
import { type Kind, kinds, type Topic } from '../routing/types.js';
import { checkBytes, checkFrameLimits, frameLimits, wordsOf } from './frameLayout.js';
import { readVarint, varintLength, writeVarint } from './varint.js';

export { frameLimits };

const version = 1;
/** The CRC-32 of anything followed by its own CRC-32. */
const residue = 0x2144df1c;
const idPattern = /^[A-Za-z0-9_.-]{1,80}$/;
const topicPattern = /^[ursn]:[A-Za-z0-9_-]{1,64}$/;
/** Bodies of these kinds go to sockets as they are, so they must be text. */
const textKinds: ReadonlySet<Kind> = new Set<Kind>(['chat', 'probe']);

const largestWordsBytes = 80 + frameLimits.topics * 67;
const largestFrameBytes = 2 + 5 + 5 + largestWordsBytes + frameLimits.bodyBytes + checkBytes;

/** Throws a RangeError when the message has more topics or a longer body than a frame may hold. `key` is an unsigned 32-bit number. */
export function encodeFrame(message: Message<Buffer>, key: number): Buffer {
  checkFrameLimits(message);
  const { view, body } = message;
  const words = wordsOf(message);
  const check = 2 + varintLength(view) + varintLength(words.length) + words.length + body.length;
  const frame = Buffer.allocUnsafe(check + checkBytes);
  frame[0] = version;
  frame[1] = kinds.indexOf(message.kind);
  const at = writeVarint(frame, writeVarint(frame, 2, view), words.length);
  frame.write(words, at, 'latin1');
  frame.set(body, at + words.length);
  frame.writeUInt32LE(crc32(frame.subarray(0, check), key), check);
  return frame;
}

/** The message, whose body is a part of `bytes`, not a copy; undefined for whatever is no frame made with this key. Never throws. */
export function decodeFrame(bytes: Buffer, key: number): Message<Buffer> | undefined {
  if (bytes.length > largestFrameBytes || bytes[0] !== version || crc32(bytes, key) !== residue) return undefined;
  const end = bytes.length - checkBytes;
  const kind = kinds[bytes[1] ?? kinds.length];
  const view = readVarint(bytes, 2);
  const wordsLength = readVarint(bytes, view.next);
  const bodyAt = wordsLength.next + wordsLength.value;
  if (kind === undefined || bodyAt > end || wordsLength.value > largestWordsBytes) return undefined;
  const words = readWords(bytes.toString('latin1', wordsLength.next, bodyAt));
  const body = bytes.subarray(bodyAt, end);
  if (words === undefined || body.length > frameLimits.bodyBytes || (textKinds.has(kind) && !isUtf8(body))) return undefined;
  return { kind, id: words.id, view: view.value, topics: words.topics, body };
}

function readWords(text: string): { id: string; topics: Topic[] } | undefined {
  const space = text.indexOf(' ');
  const id = space === -1 ? text : text.slice(0, space);
  const topics = space === -1 ? [] : text.slice(space + 1).split(' ');
  if (!idPattern.test(id) || topics.length > frameLimits.topics) return undefined;
  return topics.every(isTopic) ? { id, topics } : undefined;
}

function isTopic(word: string): word is Topic {
  return topicPattern.test(word);
}
