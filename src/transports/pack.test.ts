import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../routing/messages.js';
import { encodeFrame } from './frame.js';
import { decodeFrames, packedBytes, packedBytesMax, packFrames, packLimits } from './pack.js';
import { writeVarint } from './varint.js';

const key = 7;
const message = fc.record<Message<Buffer>>({
  kind: fc.constantFrom('chat', 'presence', 'directory'),
  id: fc.nat().map((number) => `n1-${number}`),
  view: fc.nat(),
  topics: fc.array(fc.constantFrom('u:ann', 'u:bob', 'r:7'), { maxLength: 3 }),
  body: fc.string({ maxLength: 300 }).map((words) => Buffer.from(words)),
});
const several = fc.array(message, { minLength: 2, maxLength: 30 });
const plain: Message<Buffer> = { kind: 'chat', id: 'n1-1', view: 1, topics: ['u:ann'], body: Buffer.from('hello') };

function packed(messages: readonly Message<Buffer>[]): Buffer {
  return packFrames(messages.map((each) => encodeFrame(each, key)));
}

describe('a pack of frames', () => {
  it('holds the messages in order', () => {
    fc.assert(
      fc.property(several, (messages) => {
        expect(decodeFrames(packed(messages), key)).toEqual(messages);
      }),
    );
  });

  it('of one is the frame itself', () => {
    const frame = encodeFrame(plain, key);
    expect(packFrames([frame])).toBe(frame);
    expect(decodeFrames(frame, key)).toEqual([plain]);
  });

  it('hands on the bodies without copying them', () => {
    const bytes = packed([plain, plain]);
    expect(decodeFrames(bytes, key).map(({ body }) => body.buffer)).toEqual([bytes.buffer, bytes.buffer]);
  });

  it('is as long as its frames were said to take', () => {
    const frame = encodeFrame({ ...plain, body: Buffer.alloc(500, 'x') }, key);
    const many = Math.floor(packedBytesMax / packedBytes(frame));
    const bytes = packFrames(Array.from({ length: many }, () => frame));
    expect(bytes.length).toBeLessThanOrEqual(packLimits.bytes);
    expect(decodeFrames(bytes, key).length).toBe(many);
  });

  it('is junk as a whole with another key, cut off, with more behind it, or with any byte changed', () => {
    fc.assert(
      fc.property(several, fc.nat(), fc.integer({ min: 1, max: 255 }), (messages, place, change) => {
        const bytes = packed(messages);
        const at = place % bytes.length;
        expect(decodeFrames(bytes, key + 1)).toEqual([]);
        expect(decodeFrames(bytes.subarray(0, at), key)).toEqual([]);
        expect(decodeFrames(Buffer.concat([bytes, Buffer.of(change)]), key)).toEqual([]);
        const damaged = Buffer.from(bytes);
        damaged.writeUInt8(damaged.readUInt8(at) ^ change, at);
        expect(decodeFrames(damaged, key)).toEqual([]);
      }),
    );
  });

  it('is junk when random, longer or of more frames than any, and when it holds none or another pack', () => {
    const frame = encodeFrame(plain, key);
    const pack = packFrames([frame, frame]);
    const within = Buffer.alloc(3 + pack.length);
    within.set([2, 1]);
    pack.copy(within, writeVarint(within, 2, pack.length));
    expect(decodeFrames(within, key)).toEqual([]);
    expect(decodeFrames(Buffer.of(2, 0), key)).toEqual([]);
    expect(decodeFrames(packFrames(Array.from({ length: packLimits.frames + 1 }, () => frame)), key)).toEqual([]);
    const long = encodeFrame({ ...plain, body: Buffer.alloc(packLimits.bytes, 'x') }, key);
    expect(decodeFrames(packFrames([long, frame]), key)).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeFrames(Buffer.concat([Buffer.of(2), bytes]), key)).toEqual([]);
      }),
    );
  });
});
