import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topic } from '../../routing/types.js';
import {
  entriesWords,
  helloWords,
  linesWords,
  questionWords,
  readEntries,
  readHello,
  readLines,
  readQuestion,
  readTelling,
  tellingWords,
} from './words.js';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
const topic = fc.tuple(fc.constantFrom('u', 'r', 's', 'n'), id).map(([kind, name]) => `${kind}:${name}` as Topic);
const entry = fc.record({ topic, address: fc.record({ broker: id, channel: fc.oneof(topic, id) }) });
const line = fc.tuple(entry, fc.array(id, { minLength: 1, maxLength: 4 })).map(([one, nodes]) => ({ ...one, nodes }));

describe('words', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), fc.array(line, { maxLength: 5 }), fc.boolean(), (entries, lines, flag) => {
        expect(readEntries(entriesWords(entries))).toEqual(entries);
        expect(readLines(linesWords(lines))).toEqual(lines);
        const topics = entries.map((one) => one.topic);
        expect(readQuestion(questionWords(topics, flag))).toEqual({ topics, watch: flag });
        for (const one of entries) {
          const telling = { ...one, on: flag };
          expect(readTelling(tellingWords(telling))).toEqual(telling);
          expect(readTelling(tellingWords({ ...telling, notice: true }))).toEqual({ ...telling, notice: true });
        }
      }),
    );
    for (const node of [null, 'n1']) {
      expect(readHello(helloWords({ version: 1, secret: 's-e_c', node }))).toEqual({ version: 1, secret: 's-e_c', node });
    }
  });

  it.each([
    [
      'a tell',
      readTelling,
      ['', 'on', 'on u:ann', 'up u:ann r1 c', 'on u:ann r1 c more', 'on x:ann r1 c', 'on u:ann r/1 c', 'on u:ann r1 c\n'],
    ],
    ['a question', readQuestion, ['', 'now u:ann', 'once ann', 'watch u:ann ', 'once u:__proto__ toString']],
    ['entries', readEntries, ['u:ann', 'u:ann r1', 'u:ann r1 c u:bob', ' u:ann r1 c']],
    ['lines', readLines, ['u:ann r1 c', 'u:ann r1 c ,', 'u:ann r1 c n1,n 2']],
    ['a hello', readHello, ['', 'hello', 'bench-hub', 'bench-hub 1 s n1 more', 'bench-hub 1 s n/1']],
  ] as const)('that are not %s are nothing', (_, read, broken) => {
    const known = broken.filter((text) => read(Buffer.from(text)) !== undefined);
    expect(known).toEqual([]);
  });
});
