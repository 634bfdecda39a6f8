import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAddressed, encodeAddressed, encodeFrameOf, type Frame, FrameReader, frameTypes, Junk } from './frames.js';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const frame = fc.record({ type: fc.integer({ min: 0, max: 255 }), number: fc.integer({ min: 0, max: 2 ** 32 - 1 }), payload: bytes(300) });

describe('FrameReader', () => {
  it('finds the same frames wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat(2_000), { maxLength: 20 }), (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ type, number, payload }) => encodeFrameOf(type, number, payload)));
        expect(framesIn(pieces(stream, cuts), 1_000)).toEqual(frames);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds them when they come byte by byte', () => {
    const stream = Buffer.concat([encodeFrameOf(4, 1, Buffer.from('hello')), encodeFrameOf(8, 2), encodeFrameOf(4, 3, Buffer.alloc(900))]);
    const frames = framesIn(
      [...stream].map((byte) => Buffer.from([byte])),
      1_000,
    );
    expect(frames.map(({ number, payload }) => [number, payload.length])).toEqual([
      [1, 5],
      [2, 0],
      [3, 900],
    ]);
  });

  it('takes a frame of the limit and refuses one byte more before its payload has come', () => {
    expect(framesIn([encodeFrameOf(4, 1, Buffer.alloc(95))], 100)).toHaveLength(1);
    const head = encodeFrameOf(4, 1, Buffer.alloc(96)).subarray(0, 4);
    expect(() => framesIn([head], 100)).toThrow(Junk);
  });

  it('refuses what is too short to be a frame', () => {
    expect(() => framesIn([Buffer.from([4, 0, 0, 0, 1, 1, 1, 1])], 100)).toThrow(Junk);
  });

  it('makes frames or Junk of any bytes, and nothing else', () => {
    fc.assert(
      fc.property(bytes(200), (noise) => {
        try {
          framesIn([noise], 100);
        } catch (error) {
          expect(error).toBeInstanceOf(Junk);
        }
      }),
    );
  });
});

describe('an addressed payload', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), bytes(300), (channel, body) => {
        const [one] = framesIn([encodeAddressed(frameTypes.publish, 7, channel, body)], 1_000);
        expect(decodeAddressed(one?.payload ?? Buffer.alloc(0))).toEqual({ channel: Buffer.from(channel).toString(), body });
      }),
    );
  });

  it.each([[], [1], [5, 0, 65], [255, 255, 65]])('is not made of %j', (...broken) => {
    expect(decodeAddressed(Buffer.from(broken.flat()))).toBeUndefined();
  });
});

function pieces(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => stream.subarray(at[index], end));
}

function framesIn(chunks: readonly Buffer[], limitBytes: number): Frame[] {
  const reader = new FrameReader(limitBytes);
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let next = reader.next(); next !== undefined; next = reader.next()) frames.push(next);
  }
  return frames;
}
