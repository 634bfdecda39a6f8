import * as fc from 'fast-check';

/** What strangers send, as latin1: random bytes, plausible frames with wrong contents, other protocols. The same on every run. */
export function noise(count: number): string[] {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 120 }).map((array) => Buffer.from(array));
  const framed = fc.tuple(fc.nat(20), bytes).map(([type, payload]) => {
    const head = Buffer.alloc(9);
    head.writeUInt32LE(5 + payload.length, 0);
    head[4] = type;
    return Buffer.concat([head, payload]);
  });
  const known = fc
    .constantFrom('GET / HTTP/1.1\r\n\r\n', '*1\r\n$4\r\nPING\r\n', '\0\0\0\0', '\xff\xff\xff\xff')
    .map((text) => Buffer.from(text, 'latin1'));
  return fc.sample(fc.oneof(bytes, framed, known), { numRuns: count, seed: 7 }).map((one) => one.toString('latin1'));
}
