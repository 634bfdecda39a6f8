import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHotEvent } from './hotEvent.js';

/** What JSON alone would make of it. */
function reference(text: string) {
  const [opening, id] = /^42(\d{1,15})(?=\["(?:message|post)",)/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  try {
    return { id: Number(id), args: JSON.parse(text.slice(opening.length)) as unknown };
  } catch {
    return undefined;
  }
}

const written = fc.string({ maxLength: 12, unit: 'binary-ascii' }).map((text) => JSON.stringify(text).slice(1, -1));
/** Also what no JSON has: quotes, backslashes and control characters as they are. */
const raw = fc.string({ maxLength: 6, unit: 'binary-ascii' });
const inside = fc.oneof(written, raw);
const opening = fc.constantFrom('["message",{"to":"', '["post",{"room":"', '["message",{"room":"', '["ask",{"to":"', '["message","');
const closing = fc.constantFrom('"}]', '"}', '"}] ', '","text":"again"}]', '","more":1}]');
const event = fc.record({ id: fc.stringMatching(/^\d{0,17}$/), opening, whom: inside, text: inside, closing });
const whole = event.map((one) => `42${one.id}${one.opening}${one.whom}","text":"${one.text}${one.closing}`);
/** One byte is another, or is missing. */
const damaged = fc
  .tuple(whole, fc.nat(), fc.constantFrom('', '"', '\\', ',', '0', ' '))
  .map(([text, place, by]) => `42${text.slice(2, 2 + (place % text.length))}${by}${text.slice(3 + (place % text.length))}`);

describe('a hot event', () => {
  it('is read as JSON reads it, or left to Socket.IO, however it is written or damaged', () => {
    fc.assert(
      fc.property(fc.oneof(whole, damaged), (text) => {
        const payload = Buffer.from(text, 'latin1');
        expect(readHotEvent(payload, true)).toEqual(reference(text));
        expect(readHotEvent(payload, false)).toEqual(reference(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('may hold any text of any language, and nothing that is no UTF-8', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.string({ unit: 'grapheme' }), (id, text) => {
        const payload = Buffer.from(`42${id}${JSON.stringify(['message', { to: 'ann', text }])}`);
        expect(readHotEvent(payload, false)).toEqual({ id, args: ['message', { to: 'ann', text }] });
        expect(readHotEvent(Buffer.concat([payload, Buffer.of(0xff)]), false)).toBeUndefined();
      }),
    );
  });
});
