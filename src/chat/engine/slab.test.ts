import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slab } from './slab.js';

it('gives every piece bytes of its own, of any length', () => {
  const length = fc.oneof(fc.nat(300), fc.integer({ min: 8_000, max: 8_400 }), fc.constantFrom(0, 32_768, 40_000));
  fc.assert(
    fc.property(fc.array(length, { maxLength: 200 }), (lengths) => {
      const slab = new Slab();
      const pieces = lengths.map((wanted, index) => {
        const piece = slab.piece(wanted);
        expect(piece.length).toBe(wanted);
        expect(piece.from + wanted).toBeLessThanOrEqual(piece.bytes.length);
        piece.bytes.fill(index % 256, piece.from, piece.from + wanted);
        return piece;
      });
      for (const [index, { bytes, from, length: has }] of pieces.entries())
        expect(bytes.subarray(from, from + has).every((byte) => byte === index % 256)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
