import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { checkedStrategy } from '../plan/strategies.js';
import { strategySuite } from './testing/strategySuite.js';

/** As an author outside the project writes it: this file, and not another line anywhere. */
const twoChoices = `
import { draw, hash, redises, type Strategy, type Topic } from 'bench/routing';

export default {
  name: 'two-choices',
  title: 'Two choices',
  summary: 'A topic is on two Redis, by two hashes; a message goes to one of them, drawn.',
  fit: (size) => ({ ...size, brokers: Math.max(size.brokers, 3) }),
  brokers: redises,
  route: ({ brokers }) => {
    const two = (topic: Topic) => {
      const first = hash(topic) % brokers.length;
      const step = 1 + (hash(topic, 1) % (brokers.length - 1));
      return [first, (first + step) % brokers.length].map((index) => ({ broker: brokers[index]!.id, channel: topic }));
    };
    return { subscribe: two, publish: (topic, sender) => [draw(two(topic), sender.random())] };
  },
} satisfies Strategy;
`;

const folder = mkdtempSync(join(tmpdir(), 'bench-outside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(): string {
  const file = join(folder, 'two-choices.ts');
  writeFileSync(file, twoChoices);
  return file;
}

/** BENCH_STRATEGY names a file of one's own, as `--strategy` does. */
const { strategy, file } = await checkedStrategy(process.env.BENCH_STRATEGY ?? written());
await strategySuite(strategy, file);
