import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPush } from './delivery.js';
import { checkBytes, readText, writeText } from './text.js';

const said = { from: 5, form: 'u', to: 7, sequence: 12, intendedMs: 1763920000000.125, sentMs: 1763920000000.5 } as const;

describe('the text of a message', () => {
  it('says who, to whom, which, and when, and is padded', () => {
    expect(writeText(said, 64)).toBe('u5 u:u7 12 1763920000000.125 1763920000000.500 .................');
  });

  it('is read back as it was written, at any size it fits in', () => {
    const number = fc.integer({ min: 1, max: 999_999_999 });
    const ms = fc.integer({ min: 1e15, max: 9e15 }).map((us) => Number((us / 1000).toFixed(3)));
    fc.assert(
      fc.property(number, ms, ms, fc.integer({ min: 100, max: 300 }), (sequence, intendedMs, sentMs, bytes) => {
        const written = { ...said, sequence, intendedMs, sentMs };
        const text = writeText(written, bytes);
        expect(text.length).toBe(bytes);
        expect(readText(text, bytes)).toEqual(written);
      }),
    );
  });

  it('is not read when one character is missing, added or another', () => {
    const text = writeText(said, 64);
    fc.assert(
      fc.property(fc.nat(63), fc.constantFrom('', '~', ' x', '\u0000'), (place, instead) => {
        expect(readText(text.slice(0, place) + instead + text.slice(place + 1), 64)).toBeUndefined();
      }),
    );
  });

  it('needs a size that it fits in', () => {
    const size = { nodes: 1, brokers: 1, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 };
    expect(() => checkBytes(size, 400)).not.toThrow();
    expect(() => checkBytes({ ...size, bytes: 16 }, 0)).toThrow(
      'messages of 16 bytes cannot carry their sender, number and times: 53 bytes are the least',
    );
  });
});

describe('a push', () => {
  const text = writeText(said, 64);

  it('is read when its envelope is that of its text', () => {
    expect(readPush('message', { id: 'n1-1', from: 'u5', to: 'u7', text }, 64)).toEqual({ push: 'said', said });
    expect(readPush('probe', { id: 'n1-1', from: 'u5', to: 'u7', text: 'n1 -> n2' }, 64)).toEqual({
      push: 'probe',
      from: 'u5',
      text: 'n1 -> n2',
    });
  });

  it.each([
    ['another sender', 'message', { from: 'u6', to: 'u7', text }],
    ['another recipient', 'message', { from: 'u5', to: 'u8', text }],
    ['a room', 'post', { from: 'u5', room: 'u7', text }],
    ['no recipient', 'message', { from: 'u5', text }],
    ['no text', 'message', { from: 'u5', to: 'u7' }],
    ['nothing', 'message', null],
    ['a word', 'message', 'hello'],
    ['another size', 'message', { from: 'u5', to: 'u7', text: `${text}.` }],
  ] as const)('is none of this run with %s', (_what, event, delivery) => {
    expect(readPush(event, delivery, 64)).toBeUndefined();
  });
});
