import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bench, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Parts {
  readonly head?: string;
  readonly subscribe?: string;
  readonly publish?: string;
}

/** A strategy of two hashes, as an author outside the project writes it, with parts replaced. */
function written(name: string, { head = '', subscribe = 'two', publish }: Parts = {}): string {
  const file = join(folder.path, `${name}.ts`);
  writeFileSync(
    file,
    `import { draw, hash, redises, type Strategy, type Topic } from 'bench/routing';
${head}
export default {
  name: '${name}',
  title: 'Two choices',
  summary: 'A topic is on two Redis, by two hashes; a message goes to one of them, drawn.',
  fit: (size) => ({ ...size, brokers: Math.max(size.brokers, 2) }),
  brokers: redises,
  route: ({ brokers }) => {
    const two = (topic: Topic) => {
      const first = hash(topic) % brokers.length;
      const step = 1 + (hash(topic, 1) % (brokers.length - 1));
      return [first, (first + step) % brokers.length].map((index) => ({ broker: brokers[index]!.id, channel: topic }));
    };
    return { subscribe: ${subscribe}, publish: ${publish ?? '(topic, sender) => [draw(two(topic), sender.random())]'} };
  },
} satisfies Strategy;
`,
  );
  return file;
}

describe('bench check', () => {
  it('of a file from outside that holds the contract ends with 0 and says on how much it was tried', async () => {
    const { code, stdout, stderr } = await bench(['check', written('power-of-two'), '--topologies', '80', '--seed', '7']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'power-of-two holds the contract of a strategy on 80 random topologies (seed 7)\n',
      stderr: '',
    });
  });

  it.each<[string, Parts, RegExp]>([
    ['misses-a-listener', { subscribe: '(topic) => two(topic).slice(1)' }, /got 0 copies instead of 1 of a message for .* that drew/],
    ['sends-two-copies', { publish: 'two' }, /got 2 copies instead of 1/],
    [
      'draws-by-itself',
      { publish: '(topic) => [draw(two(topic), Math.random())]' },
      /strategies are pure: Math\.random was called in publish\(\)/,
    ],
    [
      'counts-its-calls',
      { head: 'let calls = 0;', publish: '(topic) => two(topic).slice(calls++ % 2).slice(0, 1)' },
      /asked again in another order|asked of a second routing/,
    ],
    [
      'salted-when-loaded',
      {
        head: 'const salt = String(Math.random());',
        subscribe: '(topic) => two(topic + salt as Topic)',
        publish: '(topic) => two(topic + salt as Topic).slice(0, 1)',
      },
      /the same file loaded once more/,
    ],
  ])('of one that %s ends with 1, shows a topology, and how to see it again', async (name, parts, words) => {
    const file = written(name, parts);
    const { code, stdout } = await bench(['check', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(words);
    expect(stdout).toMatch(/\(asked for \d+ nodes and \d+ brokers\)/);
    expect(stdout).toContain(`again: npx bench check ${file} --topologies 300 --seed 1`);
  });

  it('says the same as JSON, and the same again for the same seed', async () => {
    const file = written('loses', { publish: '() => []' });
    const args = ['check', file, '--topologies', '20', '--seed', '3', '--json'];
    const [one, other] = await Promise.all([bench(args), bench(args)]);
    expect(one).toEqual(other);
    expect(one.code).toBe(1);
    const { tried, violations, ...rest } = JSON.parse(one.stdout) as { tried: number; violations: string[] };
    expect(rest).toEqual({ strategy: 'loses', file, topologies: 20, seed: 3, holds: false });
    expect([tried >= 1 && tried <= 20, violations.length]).toEqual([true, 2]);
  });

  it('takes the name of one of the folder, too', async () => {
    const { code, stdout } = await bench(['check', 'hashed', '--topologies', '5']);
    expect([code, stdout]).toEqual([0, 'hashed holds the contract of a strategy on 5 random topologies (seed 1)\n']);
  });

  it.each([
    ['an unknown name', () => ['hashd'], /did you mean hashed\?/],
    ['a file that is not there', () => ['./nowhere.ts'], /give the path of a strategy file/],
    ['no topology at all', () => ['hashed', '--topologies', '0'], /whole number from 1/],
    ['nothing', () => [], /missing required argument/],
  ])('of %s ends with 64', async (_, args, words) => {
    const { code, stderr } = await bench(['check', ...args()], { cwd: folder.path });
    expect(stderr).toMatch(words);
    expect(code).toBe(64);
  });
});
