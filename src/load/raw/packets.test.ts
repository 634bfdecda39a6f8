import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventPacket, readPacket, readUsual } from './packets.js';

const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('plain', '"', '\\', '\u2028', '\u007f', 'é', '\u0000', ']}', '"}]'));
const push = fc
  .tuple(fc.constantFrom('message', 'post', 'probe', 'status'), word, fc.constantFrom('to', 'room', 'too'), word, text)
  .map(([event, id, kind, to, said]) => `42${JSON.stringify([event, { id, from: 'u1', [kind]: to, text: said }])}`);
const answer = fc
  .tuple(
    fc.nat(),
    fc.constantFrom({ ok: true }, { ok: true, id: 'n1-2' }, { ok: false }, { ok: true, id: '"' }, { ok: true, id: 'x', more: 1 }),
  )
  .map(([id, reply]) => `43${id}${JSON.stringify([reply])}`);

describe('the usual packets', () => {
  it('are read as the others are, or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(push, answer), fc.nat(80), fc.constantFrom(null, '', 'x', '"', ' '), (whole, place, instead) => {
        const packet = instead === null ? whole : whole.slice(0, place) + instead + whole.slice(place + 1);
        const usual = readUsual(packet);
        if (usual !== undefined) expect(usual).toEqual(readPacket(packet));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '42["message",{"id":"n1-7","from":"u1","to":"u2","text":"u1 u:u2 1 [x] ~"}]',
    '42["post",{"id":"n1-7","from":"u1","room":"r2","text":""}]',
    '4312[{"ok":true,"id":"n1-7"}]',
    '430[{"ok":true}]',
  ])('%s is one', (packet) => {
    expect(readUsual(packet)).toEqual(readPacket(packet));
    expect(readUsual(packet)).toBeDefined();
  });
});

describe('what a load says', () => {
  it('is written as JSON has it, whatever it says', () => {
    fc.assert(
      fc.property(fc.nat(), text, fc.oneof(text, fc.nat() as fc.Arbitrary<unknown> as fc.Arbitrary<string>), (id, to, said) => {
        const [message, post] = [
          { to, text: said },
          { room: to, text: said },
        ];
        expect(eventPacket(id, 'message', message)).toBe(`42${id}${JSON.stringify(['message', message])}`);
        expect(eventPacket(id, 'probe:post', post)).toBe(`42${id}${JSON.stringify(['probe:post', post])}`);
      }),
    );
  });
});
