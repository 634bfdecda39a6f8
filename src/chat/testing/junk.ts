import fc from 'fast-check';
import type { Message } from '../../routing/messages.js';
import { encodeFrame } from '../../transports/frame.js';

const delivery = Buffer.from('2["message",{"id":"n0-1","from":"eve","to":"bob","text":"forged"}]');
const message: Message<Buffer> = { kind: 'chat', id: 'n0-1', view: 1, topics: ['u:bob'], body: delivery };

/** Bodies that no node says, in frames that only an insider could make. */
const strangeMessages: readonly Message<Buffer>[] = [
  { ...message, body: Buffer.from('41') },
  { ...message, body: Buffer.from('') },
  { ...message, topics: ['n:n0'] },
  { ...message, kind: 'control' },
  { ...message, kind: 'directory' },
  { ...message, kind: 'presence', body: Buffer.from('null') },
  { ...message, kind: 'presence', body: Buffer.from('{"asker":"u:bob","draws":"x"}') },
  { ...message, kind: 'presence', topics: ['n:n0'], body: Buffer.from('{"question":5,"node":"n0","online":true}') },
];

/** Things that are no message of the run whose frames have this key: random bytes, real frames cut short or changed, frames of another run. */
export function junkFrames(count: number, seed: number, frameKey: number): readonly Buffer[] {
  const real = encodeFrame(message, frameKey);
  const position = fc.integer({ min: 0, max: real.length - 1 });
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    position.map((end) => Buffer.from(real.subarray(0, end))),
    fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([at, change]) => mutated(real, at, change)),
    fc.constant(encodeFrame(message, frameKey + 1)),
    fc.constantFrom(...strangeMessages.map((strange) => encodeFrame(strange, frameKey))),
  );
  return fc.sample(frame, { numRuns: count, seed });
}

function mutated(frame: Buffer, at: number, change: number): Buffer {
  const copy = Buffer.from(frame);
  copy[at] = (copy[at] ?? 0) ^ change;
  return copy;
}
