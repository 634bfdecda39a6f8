import { Buffer } from 'node:buffer';
import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ws from 'ws';
import { encodeDelivery } from './bodies.js';
import { Packet } from './packet.js';

/** Not in its types. */
const { Receiver } = ws as unknown as { readonly Receiver: new (options: object) => Writable };

/** What a client's own reader of frames makes of packets that are written one after the other. */
function readByWs(...packets: readonly Packet[]): string[] {
  const receiver = new Receiver({ isServer: false, maxPayload: 1_000_000, skipUTF8Validation: false });
  const texts: string[] = [];
  receiver.on('message', (bytes: Buffer) => texts.push(bytes.toString()));
  receiver.on('error', (error: Error) => texts.push(error.message));
  const bytes = Buffer.alloc(packets.reduce((sum, { frameLength }) => sum + frameLength, 0));
  let at = 0;
  for (const packet of packets) at = packet.writeFrame(bytes, at);
  expect(at).toBe(bytes.length);
  receiver.write(bytes);
  return texts;
}

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ minLength: 100, maxLength: 140 }),
  fc.constantFrom('\ud800', '\u2028"\\', 'x'.repeat(65_535)),
);

describe('a packet', () => {
  test('is the same as text and as frame, whatever the length and however it was made', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = Buffer.from(text).toString();
        expect(readByWs(Packet.ofText(whole), Packet.ofBody(Buffer.from(whole)))).toEqual([`4${whole}`, `4${whole}`]);
        expect(Packet.ofBody(Buffer.from(whole)).text).toBe(whole);
      }),
    );
  });

  test('of a body that is not UTF-8 is mended, or clients would close their connections', () => {
    const body = Buffer.concat([Buffer.from('2["message","'), Buffer.from([0xff, 0xed, 0xa0, 0x80]), Buffer.from('"]')]);
    expect(readByWs(Packet.ofBody(body))).toEqual([`4${body.toString()}`]);
  });
});

test('the body of a message is what Socket.IO would write for it', () => {
  fc.assert(
    fc.property(id, id, id, anyText, fc.boolean(), (number, from, whom, text, toRoom) => {
      const delivery = toRoom ? { from, room: whom, text } : { from, to: whom, text };
      expect(encodeDelivery('message', number, delivery)).toEqual(
        Buffer.from(`2${JSON.stringify(['message', { id: number, ...delivery }])}`),
      );
    }),
  );
});
