import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../routing/messages.js';
import { kinds, type Topic } from '../routing/types.js';
import { decodeFrame, encodeFrame, frameLimits } from './frame.js';
import { frameBytes } from './frameLayout.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const name = (alphabet: string, maxLength: number) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
const topic = fc.tuple(fc.constantFrom('u', 'r', 's', 'n'), name(letters, 64)).map(([letter, rest]) => `${letter}:${rest}` as Topic);
const text = fc.string({ unit: 'grapheme' }).map((words) => Buffer.from(words));
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const key = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const message = fc.constantFrom(...kinds).chain((kind) =>
  fc.record<Message<Buffer>>({
    kind: fc.constant(kind),
    id: name(`${letters}.`, 80),
    view: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    topics: fc.array(topic, { maxLength: 20 }),
    body: kind === 'chat' || kind === 'probe' ? text : bytes,
  }),
);

const plain: Message<Buffer> = { kind: 'chat', id: 'n1-1', view: 1, topics: ['u:ann'], body: Buffer.from('hello') };
const but = (over: Partial<Message<Buffer>>) => ({ ...plain, ...over });

describe('a frame', () => {
  it('holds the whole message', () => {
    fc.assert(
      fc.property(message, key, (sent, secret) => {
        expect(decodeFrame(encodeFrame(sent, secret), secret)).toEqual(sent);
      }),
    );
  });

  it('takes as many bytes as are foretold of its message', () => {
    fc.assert(
      fc.property(message, key, (sent, secret) => {
        expect(frameBytes(sent)).toBe(encodeFrame(sent, secret).length);
      }),
    );
  });

  it('hands on the body without copying it', () => {
    const frame = encodeFrame(plain, 7);
    expect(decodeFrame(frame, 7)?.body.buffer).toBe(frame.buffer);
  });

  it('is junk with another key', () => {
    fc.assert(
      fc.property(message, key, key, (sent, secret, other) => {
        fc.pre(secret !== other);
        expect(decodeFrame(encodeFrame(sent, secret), other)).toBeUndefined();
      }),
    );
  });

  it('is junk with one byte changed', () => {
    fc.assert(
      fc.property(message, key, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, secret, place, change) => {
        const frame = encodeFrame(sent, secret);
        const at = place % frame.length;
        frame.writeUInt8(frame.readUInt8(at) ^ change, at);
        expect(decodeFrame(frame, secret)).toBeUndefined();
      }),
    );
  });

  it('is junk when cut short', () => {
    fc.assert(
      fc.property(message, key, fc.nat(), (sent, secret, length) => {
        const frame = encodeFrame(sent, secret);
        expect(decodeFrame(frame.subarray(0, length % frame.length), secret)).toBeUndefined();
      }),
    );
  });

  it('is junk with bytes added', () => {
    fc.assert(
      fc.property(message, key, fc.uint8Array({ minLength: 1, maxLength: 50 }), (sent, secret, more) => {
        expect(decodeFrame(Buffer.concat([encodeFrame(sent, secret), more]), secret)).toBeUndefined();
      }),
    );
  });
});

describe('anything else', () => {
  it('is junk when random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), key, (random, secret) => {
        expect(decodeFrame(Buffer.from(random), secret)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  });

  it('never throws and never names anything invalid, even when a wrong frame bears the right check', () => {
    let taken = 0;
    fc.assert(
      fc.property(message, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }), key, (sent, changes, secret) => {
        const content = encodeFrame(sent, secret).subarray(0, -4);
        for (const [place, value] of changes) content.writeUInt8(value, place % content.length);
        const forged = decodeFrame(checked(content, secret), secret);
        if (forged === undefined) return;
        taken++;
        expect(kinds).toContain(forged.kind);
        expect(forged.id).toMatch(/^[A-Za-z0-9_.-]{1,80}$/);
        for (const each of forged.topics) expect(each).toMatch(/^[ursn]:[A-Za-z0-9_-]{1,64}$/);
      }),
      { numRuns: 10_000 },
    );
    expect(taken).toBeGreaterThan(0);
  });

  it.each<[what: string, message: Message<Buffer>]>([
    ['an empty id', but({ id: '' })],
    ['an id that is too long', but({ id: 'n'.repeat(81) })],
    ['a topic of no kind', but({ topics: ['x:ann' as Topic] })],
    ['a topic without a name', but({ topics: ['u:'] })],
    ['a topic that is too long', but({ topics: [`u:${'a'.repeat(65)}`] })],
    ['a topic with a wildcard', but({ topics: ['u:*'] })],
    ['text that is no UTF-8', but({ body: Buffer.from([0xc3, 0x28]) })],
  ])('is junk with %s', (_, wrong) => {
    expect(decodeFrame(encodeFrame(wrong, 7), 7)).toBeUndefined();
  });

  it('is refused at the sender when it is more than a frame may hold', () => {
    const topics = Array.from({ length: frameLimits.topics + 1 }, (): Topic => 'u:ann');
    expect(() => encodeFrame(but({ topics }), 7)).toThrow(RangeError);
    expect(() => encodeFrame(but({ body: Buffer.alloc(frameLimits.bodyBytes + 1) }), 7)).toThrow(RangeError);
  });

  it('may fill a frame to its limits', () => {
    const topics = Array.from({ length: frameLimits.topics }, (): Topic => `u:${'a'.repeat(64)}`);
    const full = but({ id: 'n'.repeat(80), topics, body: Buffer.alloc(frameLimits.bodyBytes, 'a') });
    const decoded = decodeFrame(encodeFrame(full, 7), 7);
    expect(decoded?.topics).toEqual(topics);
    expect(decoded?.body.equals(full.body)).toBe(true);
  });
});

function checked(start: Buffer, secret: number): Buffer {
  const check = Buffer.alloc(4);
  check.writeUInt32LE(crc32(start, secret));
  return Buffer.concat([start, check]);
}
