import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frame } from '../testing/hostileServer.js';
import { FrameReader } from './frameReader.js';

/** A message of one or more frames. */
interface Message {
  readonly text: string;
  readonly parts: number;
}

const lengths = fc.oneof(fc.nat(140), fc.constantFrom(125, 126, 127, 65_535, 65_536));
const message = fc.record({ text: lengths.map((length) => 'é'.padEnd(length, 'x')), parts: fc.integer({ min: 1, max: 4 }) });

function framesOf({ text, parts }: Message): Buffer {
  const bytes = Buffer.from(text);
  const size = Math.ceil(bytes.length / parts);
  const pieces = Array.from({ length: parts }, (_, part) => bytes.subarray(part * size, (part + 1) * size));
  const frames = pieces.map((piece, part) => frame(part === 0 ? 1 : 0, piece, { final: part === parts - 1 }));
  return Buffer.concat(frames.flatMap((one) => [frame(10, 'between'), one]));
}

it('reads the same texts, however their bytes are fragmented, cut and merged, from one buffer that is written over', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }), (messages, cuts) => {
      const read: string[] = [];
      const reader = new FrameReader({ onText: (text) => read.push(text), onBinary: () => {}, onPing: () => {}, onClose: () => {} });
      const stream = Buffer.concat(messages.map(framesOf));
      const lent = Buffer.alloc(5_000);
      for (let [at, turn] = [0, 0]; at < stream.length; turn++) {
        const size = stream.copy(lent, 0, at, at + (cuts[turn % cuts.length] ?? 1));
        reader.read(lent.subarray(0, size));
        lent.fill(0xff);
        at += size;
      }
      expect(read).toEqual(messages.map(({ text }) => text));
    }),
    { numRuns: 50 },
  );
});
