import type { Message } from '../routing/messages.js';
import { varintLength } from './varint.js';

/*
 * A message on its way through a broker:
 *
 *   version  1 byte
 *   kind     1 byte, its index in `kinds`
 *   view     varint
 *   words    varint length, then the id and the topics in ASCII, a space between two
 *   body     as the sender's node encoded it
 *   check    CRC-32 of all before it, begun with the secret key of the run, 4 bytes, little endian
 */
export const checkBytes = 4;

/** What a frame may hold; more than that is junk to whoever receives it. */
export const frameLimits = { topics: 16_384, bodyBytes: 2 ** 20 } as const;

/** A body, as far as its size goes. */
export interface Sized {
  readonly length: number;
}

/** How many bytes the frame of a message takes, without making it. Throws as `encodeFrame` does. */
export function frameBytes(message: Message<Sized>): number {
  checkFrameLimits(message);
  const words = wordsOf(message).length;
  return 2 + varintLength(message.view) + varintLength(words) + words + message.body.length + checkBytes;
}

export function checkFrameLimits({ id, topics, body }: Message<Sized>): void {
  if (topics.length > frameLimits.topics) {
    throw new RangeError(`message ${id} is for ${topics.length} topics; at most ${frameLimits.topics} go into one frame`);
  }
  if (body.length > frameLimits.bodyBytes) {
    throw new RangeError(`message ${id} has ${body.length} bytes; at most ${frameLimits.bodyBytes} go into one frame`);
  }
}

export function wordsOf({ id, topics }: Pick<Message<unknown>, 'id' | 'topics'>): string {
  return topics.length === 1 ? `${id} ${topics[0]}` : [id, ...topics].join(' ');
}
