import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ProtocolError, Refusal, type Reply, ReplyReader, replyLimits } from './replyReader.js';

type Heard = { readonly reply: unknown } | { readonly channel: string; readonly bytes: string };

class Notes {
  readonly heard: Heard[] = [];
  readonly reader = new ReplyReader({
    reply: (reply) => this.heard.push({ reply: plain(reply) }),
    message: (channel, bytes) => this.heard.push({ channel: channel.toString('latin1'), bytes: bytes.toString('latin1') }),
  });

  push(...pieces: readonly Buffer[]): this {
    for (const piece of pieces) this.reader.push(piece);
    return this;
  }
}

/** Bytes as latin1, a refusal as its words. */
function plain(reply: Reply): unknown {
  if (reply instanceof Refusal) return { refused: reply.message };
  if (Buffer.isBuffer(reply)) return reply.toString('latin1');
  return Array.isArray(reply) ? reply.map(plain) : reply;
}

const bulk = (bytes: Buffer) => Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
const list = (items: readonly Buffer[]) => Buffer.concat([Buffer.from(`*${items.length}\r\n`), ...items]);
const ascii = (text: string) => Buffer.from(text, 'latin1');

/** What is written, and what of it must be heard. */
interface Written {
  readonly bytes: Buffer;
  readonly heard: unknown;
}

const blob = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const line = fc.string({ unit: fc.constantFrom(...'abc 0:$*+-'), maxLength: 12 });
const number: fc.Arbitrary<Written> = fc.maxSafeInteger().map((value) => {
  const short = value % 10 ** 15;
  return { bytes: ascii(`:${short}\r\n`), heard: short };
});
const leaf: fc.Arbitrary<Written> = fc.oneof(
  number,
  line.map((text) => ({ bytes: ascii(`+${text}\r\n`), heard: text })),
  line.map((text) => ({ bytes: ascii(`-${text}\r\n`), heard: { refused: text } })),
  blob.map((bytes) => ({ bytes: bulk(bytes), heard: bytes.toString('latin1') })),
  fc.constantFrom({ bytes: ascii('$-1\r\n'), heard: null }, { bytes: ascii('*-1\r\n'), heard: null }),
);
const tree = fc.letrec<{ item: Written }>((tie) => ({
  item: fc.oneof({ maxDepth: replyLimits.listDepth, withCrossShrink: true }, leaf, fc.array(tie('item'), { maxLength: 4 }).map(listOf)),
})).item;
const said = tree.map(({ bytes, heard }) => ({ bytes, heard: { reply: heard } }));
const message: fc.Arbitrary<Written> = fc.tuple(fc.constantFrom('message', 'smessage'), blob, blob).map(([word, channel, body]) => ({
  bytes: list([bulk(ascii(word)), bulk(channel), bulk(body)]),
  heard: { channel: channel.toString('latin1'), bytes: body.toString('latin1') },
}));
const stream = fc.array(fc.oneof(message, said), { maxLength: 12 });

function listOf(items: readonly Written[]): Written {
  return { bytes: list(items.map(({ bytes }) => bytes)), heard: items.map(({ heard }) => heard) };
}

/** Cut at these places, in any order and number. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((one, other) => one - other);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe('a stream of replies', () => {
  it('is read the same however it is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 20 }), (written, places) => {
        const bytes = Buffer.concat(written.map((each) => each.bytes));
        expect(new Notes().push(...cut(bytes, places)).heard).toEqual(written.map(({ heard }) => heard));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read byte by byte', () => {
    fc.assert(
      fc.property(stream, (written) => {
        const bytes = Buffer.concat(written.map((each) => each.bytes));
        expect(new Notes().push(...Array.from(bytes, (byte) => Buffer.of(byte))).heard).toEqual(written.map(({ heard }) => heard));
      }),
    );
  });

  it('hands on bytes without copying them', () => {
    const chunk = Buffer.concat([list([bulk(ascii('message')), bulk(ascii('c')), bulk(ascii('hello'))])]);
    const memory: unknown[] = [];
    new ReplyReader({ reply: () => {}, message: (channel, bytes) => memory.push(channel.buffer, bytes.buffer) }).push(chunk);
    expect(memory).toEqual([chunk.buffer, chunk.buffer]);
  });

  it('joins a long string once, not with each piece that comes', () => {
    const long = Buffer.alloc(2 ** 20, 'x');
    const bytes = list([bulk(ascii('message')), bulk(ascii('c')), bulk(long)]);
    const notes = new Notes();
    const joined = vi.spyOn(Buffer, 'concat');
    for (let at = 0; at < bytes.length; at += 2 ** 12) notes.push(bytes.subarray(at, at + 2 ** 12));
    expect(joined).toHaveBeenCalledTimes(1);
    joined.mockRestore();
    expect(notes.heard).toEqual([{ channel: 'c', bytes: long.toString('latin1') }]);
  });
});

describe('bytes that are no replies', () => {
  it.each([
    ['a stranger', 'HTTP/1.1 400 Bad Request\r\n', 'begins with the byte 72'],
    ['RESP3', '%1\r\n', 'begins with the byte 37'],
    ['a number without digits', ':\r\n', 'stands where a digit belongs'],
    ['a number with a letter', ':12a\r\n', 'stands where a digit belongs'],
    ['a number without end', ':1\rx', 'does not end with its line'],
    ['a number too long to be exact', `:${'9'.repeat(16)}\r\n`, 'more than 15 digits'],
    ['a string of a negative length', '$-2\r\n', 'a string of -2 bytes'],
    ['a string longer than any', `$${replyLimits.bulkBytes + 1}\r\n`, 'a string of 67108865 bytes'],
    ['a string that goes on', '$2\r\nabcd', 'does not end after its 2 bytes'],
    ['a list longer than any', `*${replyLimits.listItems + 1}\r\n`, 'a list of 1025 items'],
    ['a list of a negative length', '*-2\r\n', 'a list of -2 items'],
    ['lists without bottom', '*1\r\n'.repeat(50), 'more than 4 deep'],
    ['a line with a return in it', '+a\rb\r\n', 'has a carriage return in it'],
    ['a line without end', `+${'a'.repeat(replyLimits.lineBytes + 1)}`, 'a line of more than 65536 bytes'],
    ['a message of which the channel is a number', '*3\r\n$7\r\nmessage\r\n:1\r\n', undefined],
  ])('are refused, or read as what they are: %s', (_, text, words) => {
    const read = () => new Notes().push(ascii(text));
    if (words === undefined) expect(read().heard).toEqual([]);
    else expect(read).toThrow(new RegExp(words));
  });

  it('are refused, and nothing worse happens, whatever they are and wherever a stream of replies was damaged', () => {
    const damaged = fc.tuple(stream, fc.nat(), fc.uint8Array({ maxLength: 8 })).map(([written, place, dirt]) => {
      const bytes = Buffer.concat(written.map((each) => each.bytes));
      const at = place % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), dirt, bytes.subarray(at + dirt.length)]);
    });
    const random = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(damaged, random), fc.array(fc.nat(), { maxLength: 5 }), (bytes, places) => {
        const outcome = (pieces: readonly Buffer[]) => {
          const notes = new Notes();
          try {
            notes.push(...pieces);
            return { heard: notes.heard, refused: false };
          } catch (error) {
            if (!(error instanceof ProtocolError)) throw error;
            return { heard: notes.heard, refused: true };
          }
        };
        expect(outcome(cut(bytes, places))).toEqual(outcome([bytes]));
      }),
      { numRuns: 5_000 },
    );
  });
});
