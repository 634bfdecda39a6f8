import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, frameBytes, textFrame } from '../testing/frames.js';
import { ClientFrames, offeredBytesMax } from './clientFrames.js';

const payloadMax = 10_000;

/** What became of the bytes. */
class Trace {
  readonly taken: string[] = [];
  passed = Buffer.alloc(0);
  messages = 0;
  ended = false;
  readonly frames: ClientFrames;

  /** `takes`: whether a payload is taken. */
  constructor(takes: (payload: string) => boolean = (payload) => payload.startsWith('42')) {
    this.frames = new ClientFrames(
      {
        mayTake: (first, second) => first === 0x34 && second === 0x32,
        take: (payload) => {
          const text = payload.toString();
          if (takes(text)) this.taken.push(text);
          return takes(text);
        },
        pass: (bytes) => {
          this.passed = Buffer.concat([this.passed, bytes]);
        },
        passing: () => this.messages++,
        ending: () => {
          this.ended = true;
        },
      },
      payloadMax,
    );
  }

  read(bytes: Buffer, ends: readonly number[] = []): this {
    const cuts = [0, ...ends, bytes.length];
    for (let index = 1; index < cuts.length; index++) this.frames.read(bytes.subarray(cuts[index - 1], cuts[index]));
    this.frames.end();
    return this;
  }
}

const hot: Frame = { payload: '42hot' };
const cold: Frame = { payload: '41cold' };
const ping: Frame = { payload: 'p', opcode: 9 };
const bytesOf = (...frames: readonly Frame[]) => Buffer.concat(frames.map(frameBytes));

describe('the frames of a client', () => {
  const payload = fc.oneof(fc.string(), fc.string({ minLength: 120, maxLength: 130 })).map((text) => Buffer.from(text));
  const message = fc.oneof(
    fc.record({ payload: payload.map((bytes) => Buffer.concat([Buffer.from('42'), bytes])) }),
    fc.record({ payload, opcode: fc.constantFrom(1, 2), longForm: fc.boolean() }),
    fc.record({ payload: fc.string({ unit: 'grapheme-ascii', maxLength: 125 }), opcode: fc.constantFrom(9, 10) }),
  );
  const fragments = payload.map((bytes): Frame[] => [
    { payload: Buffer.concat([Buffer.from('42'), bytes]), final: false },
    { payload: 'ping', opcode: 9 },
    { payload: bytes, opcode: 0, final: false },
    { payload: '', opcode: 0 },
  ]);
  const stream = fc
    .array(
      fc.oneof(
        message.map((frame): Frame[] => [frame]),
        fragments,
      ),
      { maxLength: 20 },
    )
    .map((all) => all.flat());

  test('wherever they are split, the same ones are taken, and every other byte is passed on in order', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 30 }), (frames, points) => {
        const bytes = bytesOf(...frames);
        const ends = points.map((point) => point % (bytes.length + 1)).sort((one, other) => one - other);
        const isHot = ({ opcode = 1, final = true, payload: text }: Frame) => opcode === 1 && final && String(text).startsWith('42');
        const trace = new Trace().read(bytes, ends);
        expect(trace.taken).toEqual(frames.filter(isHot).map(({ payload: text }) => text.toString()));
        expect(trace.passed).toEqual(bytesOf(...frames.filter((frame) => !isHot(frame))));
        expect(trace.ended).toBe(false);
      }),
    );
  });

  test('any bytes at all are taken or passed on, however they are split', () => {
    const junk = fc.array(
      fc.oneof(
        stream.map((frames) => bytesOf(...frames)),
        fc.uint8Array().map(Buffer.from),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(junk.map(Buffer.concat), fc.nat(), (bytes, point) => {
        const whole = new Trace().read(bytes);
        const split = new Trace().read(bytes, [point % (bytes.length + 1)]);
        expect(split.taken).toEqual(whole.taken);
        expect(split.passed).toEqual(whole.passed);
        expect(new Trace(() => false).read(bytes).passed).toEqual(bytes);
      }),
    );
  });

  test('what was before a frame has been passed on when it is offered', () => {
    const trace = new Trace((payload) => {
      expect(trace.passed).toEqual(bytesOf(ping));
      return payload.startsWith('42');
    });
    expect(trace.read(bytesOf(ping, hot, cold)).passed).toEqual(bytesOf(ping, cold));
  });

  test('each message that is passed on is told once, however many frames it has; control frames are none', () => {
    const whole = [{ payload: 'a', final: false }, ping, { payload: 'b', opcode: 0 }];
    expect(new Trace().read(bytesOf(cold, ping, ...whole, cold)).messages).toBe(3);
  });

  test.each<[string, Frame]>([
    ['no mask', { payload: '42', masked: false }],
    ['an extension', { payload: '42', reserved: 0x40 }],
    ['a reserved opcode', { payload: '42', opcode: 3 }],
    ['a continuation of nothing', { payload: '42', opcode: 0 }],
    ['a closing frame', { payload: '', opcode: 8 }],
    ['a ping in fragments', { payload: '', opcode: 9, final: false }],
    ['a ping that is too long', { payload: 'x'.repeat(126), opcode: 9 }],
    ['more than a message may have', { payload: 'x'.repeat(payloadMax + 1) }],
  ])('after %s nothing is taken any more', (_title, frame) => {
    const trace = new Trace().read(bytesOf(hot, frame, hot));
    expect(trace.taken).toEqual(['42hot']);
    expect(trace.passed).toEqual(bytesOf(frame, hot));
    expect(trace.ended).toBe(true);
  });

  test('nor after a new message within the fragments of another', () => {
    const trace = new Trace().read(bytesOf({ payload: '42', final: false }, hot, hot));
    expect(trace.taken).toEqual([]);
    expect(trace.ended).toBe(true);
  });

  test('long ones are passed on as they come, and not kept', () => {
    const long = textFrame(`42${'x'.repeat(offeredBytesMax)}`);
    const trace = new Trace();
    trace.frames.read(long.subarray(0, 100));
    expect(trace.passed).toEqual(long.subarray(0, 100));
    expect(trace.read(Buffer.concat([long.subarray(100), bytesOf(hot)])).taken).toEqual(['42hot']);
  });
});
