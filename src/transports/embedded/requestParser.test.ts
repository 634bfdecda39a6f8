import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../testing/rawConnection.js';
import { redisLimits } from './limits.js';
import { ProtocolError, RequestParser, RequestTooLarge } from './requestParser.js';

function parse(chunks: readonly string[], limits = redisLimits): string[][] {
  const parser = new RequestParser(limits);
  const requests: string[][] = [];
  for (const chunk of chunks) {
    parser.push(chunk);
    for (let request = parser.next(); request !== null; request = parser.next()) requests.push(request);
  }
  return requests;
}

/** The text cut at the given places, whatever their order. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const anyBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const anyRequest = fc.array(anyBytes, { minLength: 1, maxLength: 5 });
const anyInline = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 4 });
const anyEncoded = fc.oneof(
  anyRequest.map((words) => ({ words, bytes: encodeRequest(words) })),
  anyInline.map((words) => ({ words, bytes: `${words.join(' ')}\r\n` })),
);
const anyCuts = fc.array(fc.nat(2000), { maxLength: 30 });

describe('RequestParser', () => {
  it('finds the same requests however the bytes are cut', () => {
    const property = fc.property(fc.array(anyEncoded), anyCuts, (encoded, cuts) => {
      const bytes = encoded.map((request) => request.bytes).join('');
      expect(parse(cut(bytes, cuts))).toEqual(encoded.map(({ words }) => words));
    });
    fc.assert(property);
  });

  it('finds the same requests one byte at a time', () => {
    const property = fc.property(fc.array(anyEncoded), (encoded) => {
      const bytes = encoded.map((request) => request.bytes).join('');
      expect(parse([...bytes])).toEqual(encoded.map(({ words }) => words));
    });
    fc.assert(property);
  });

  it('fails on junk with a protocol error and with nothing else, wherever it is cut', () => {
    const junk = fc
      .array(fc.oneof(anyBytes, fc.constantFrom('*', '$', '\r\n', '1', '*2\r\n', '$3\r\n', '"', "'", 'PING')))
      .map((parts) => parts.join(''));
    const property = fc.property(junk, anyCuts, (bytes, cuts) => {
      const whole = outcome([bytes]);
      expect(outcome(cut(bytes, cuts))).toEqual(whole);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('joins a large argument once', () => {
    const value = 'x'.repeat(4_000_000);
    const bytes = encodeRequest(['SET', 'k', value]);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, index) => bytes.slice(index * 100, index * 100 + 100));
    expect(parse(chunks)).toEqual([['SET', 'k', value]]);
  });

  it('refuses a line without an end, in any number of chunks', () => {
    const limits = { ...redisLimits, lineBytes: 100 };
    expect(() =>
      parse(
        Array.from({ length: 101 }, () => 'x'),
        limits,
      ),
    ).toThrow(new ProtocolError('too big inline request'));
    expect(() => parse([`*${'1'.repeat(101)}`], limits)).toThrow(new ProtocolError('too big mbulk count string'));
    expect(() => parse([`*1\r\n$${'1'.repeat(101)}`], limits)).toThrow(new ProtocolError('too big bulk count string'));
  });

  it('gives up on a request that outgrows its limit, in one argument or in many', () => {
    const limits = { ...redisLimits, requestBytes: 1000 };
    expect(() => parse(['*1\r\n$2000\r\n', 'x'.repeat(600), 'x'.repeat(600)], limits)).toThrow(RequestTooLarge);
    const many = encodeRequest(Array.from({ length: 20 }, () => 'x'.repeat(100)));
    expect(() => parse(cut(many, [700, 1400]), limits)).toThrow(RequestTooLarge);
    expect(() => parse([encodeRequest(Array.from({ length: 100 }, () => '')).slice(0, -1)], limits)).toThrow(RequestTooLarge);
    expect(parse([encodeRequest(['x'.repeat(900)]), encodeRequest(['y'.repeat(900)])], limits)).toHaveLength(2);
  });
});

/** What came out before the error, and the error's words. */
function outcome(chunks: readonly string[]): unknown[] {
  const parser = new RequestParser(redisLimits);
  const seen: unknown[] = [];
  try {
    for (const chunk of chunks) {
      parser.push(chunk);
      for (let request = parser.next(); request !== null; request = parser.next()) seen.push(request);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    seen.push(error.message);
  }
  return seen;
}
