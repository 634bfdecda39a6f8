import type { Message } from '../routing/messages.js';
import { decodeFrame } from './frame.js';
import { readVarint, varintLength, writeVarint } from './varint.js';

/*
 * Frames for one address that leave together:
 *
 *   version  1 byte, 2
 *   frames   varint number of them
 *   each     varint length, then the frame, which has its own check
 */
const version = 2;

/** A pack is no longer, nor has it more frames; a frame that is longer goes alone. What is longer or holds more is junk to whoever receives it. */
export const packLimits = { bytes: 64 * 2 ** 10, frames: 1_024 } as const;
const openingBytes = 1 + varintLength(packLimits.frames);

/** How many bytes a frame takes in a pack. */
export function packedBytes(frame: Buffer): number {
  return varintLength(frame.length) + frame.length;
}

/** How many bytes packed frames may take together. */
export const packedBytesMax = packLimits.bytes - openingBytes;

/** One frame goes as it is. */
export function packFrames(frames: readonly Buffer[]): Buffer {
  const [first] = frames;
  if (first !== undefined && frames.length === 1) return first;
  const bytes = frames.reduce((total, frame) => total + packedBytes(frame), 1 + varintLength(frames.length));
  const pack = Buffer.allocUnsafe(bytes);
  pack[0] = version;
  let at = writeVarint(pack, 1, frames.length);
  for (const frame of frames) {
    at = writeVarint(pack, at, frame.length);
    pack.set(frame, at);
    at += frame.length;
  }
  return pack;
}

/** The messages of a frame or of a pack, whose bodies are parts of `bytes`; none for whatever is not wholly made with this key. Never throws. */
export function decodeFrames(bytes: Buffer, key: number): readonly Message<Buffer>[] {
  if (bytes[0] === version) return unpack(bytes, key);
  const message = decodeFrame(bytes, key);
  return message === undefined ? [] : [message];
}

function unpack(pack: Buffer, key: number): readonly Message<Buffer>[] {
  const { value: count, next } = readVarint(pack, 1);
  if (pack.length > packLimits.bytes || count > packLimits.frames) return [];
  const messages: Message<Buffer>[] = [];
  let at = next;
  while (messages.length < count) {
    const length = readVarint(pack, at);
    at = length.next + length.value;
    if (at > pack.length) return [];
    const message = decodeFrame(pack.subarray(length.next, at), key);
    if (message === undefined) return [];
    messages.push(message);
  }
  return at === pack.length ? messages : [];
}
