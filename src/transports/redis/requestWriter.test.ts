import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestWriter } from './requestWriter.js';

/** Keeps the very bytes that were handed over, as a socket does that cannot write them yet. */
class Kept {
  readonly writes: Buffer[] = [];

  write(bytes: string | Uint8Array): boolean {
    if (typeof bytes !== 'string') this.writes.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return false;
  }

  get text(): string {
    return Buffer.concat(this.writes).toString('latin1');
  }
}

const opening = '*3\r\n$7\r\nPUBLISH\r\n';

function request(words: readonly (string | Buffer)[]): string {
  const parts = words.map((word) => Buffer.from(word)).map((word) => `$${word.length}\r\n${word.toString('latin1')}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}

describe('RequestWriter', () => {
  it('writes every request as it was made, in order, also when the socket is slow and pieces are full', () => {
    const channel = fc.string({ unit: 'grapheme', maxLength: 40 });
    const frame = fc.nat(200_000).map((length) => Buffer.alloc(length, `${length} `));
    const publish = fc.record({ channel, frame });
    const command = fc.array(channel, { minLength: 1, maxLength: 4 });
    const turn = fc.array(fc.oneof(publish, command), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 6 }), (turns) => {
        const kept = new Kept();
        const writer = new RequestWriter(kept);
        for (const requests of turns) {
          for (const one of requests) 'frame' in one ? writer.publish(opening, one.channel, one.frame) : writer.command(one);
          writer.flush();
        }
        const expected = turns.flat().map((one) => request('frame' in one ? ['PUBLISH', one.channel, one.frame] : one));
        expect(kept.text === expected.join('')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('makes one write of all that is gathered before it is flushed, and none of nothing', () => {
    const kept = new Kept();
    const writer = new RequestWriter(kept);
    for (let count = 0; count < 100; count++) writer.publish(opening, 'u:ann', Buffer.from('hello'));
    expect(kept.writes.length).toBe(0);
    writer.flush();
    writer.flush();
    expect(kept.writes.length).toBe(1);
  });
});
