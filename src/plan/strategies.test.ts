import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BenchError } from '../error.js';
import { plugInReference } from './outsideFile.js';
import { checkedStrategy, listStrategies, loadStrategy, optionsOf, strategyNames } from './strategies.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-strategies-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a file outside the project and returns its path. */
async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** A strategy that holds the contract, in TypeScript, with parts replaced. */
function source(name: string, parts: { head?: string; publish?: string; route?: string } = {}): string {
  return `
import { hash, pick, redises, type Routing, type Strategy } from 'bench/routing';
${parts.head ?? ''}
const strategy: Strategy = {
  name: '${name}',
  title: 'Mine',
  summary: 'As hashed.',
  fit: (size) => ({ ...size, brokers: Math.max(size.brokers, 1) }),
  brokers: redises,
  route({ brokers }): Routing {
    ${parts.route ?? ''}
    const at = (topic: string) => [{ broker: brokers[hash(topic) % brokers.length]!.id, channel: topic }];
    return { subscribe: at, publish: ${parts.publish ?? 'at'} };
  },
};
export default strategy;
`;
}

/** The shape of a strategy, with more fields or with others in their place. */
function withFields(name: string, fields: string): string {
  return `export default { name: '${name}', title: 'T', summary: 'S', brokers: () => [], route: () => ({ subscribe: () => [], publish: () => [] }), ${fields} };`;
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BenchError) || error.fault !== 'usage') throw new Error(`expected a usage error, got ${error}`);
  return error.message;
}

describe('the folder', () => {
  test('holds the strategies by their names', async () => {
    const names = await strategyNames();
    expect(names).toEqual(expect.arrayContaining(['grouped', 'hashed', 'single-server']));
    expect((await listStrategies()).map(({ name }) => name)).toEqual(names);
  });

  test('an unknown name is answered with the near miss and all there are', async () => {
    const words = await refusal(checkedStrategy('hased'));
    expect(words).toContain('there is no strategy hased; did you mean hashed?');
    expect(words).toContain('user-channels-publish-all');
  });

  test.each(['../plan/types', '__proto__', ''])('%j is no name', async (name) => {
    expect(await refusal(loadStrategy({ name, file: null }))).toContain('there is no strategy');
  });
});

test('a word with a slash or an extension is a path, anything else a name', () => {
  expect(plugInReference('hashed')).toEqual({ name: 'hashed', file: null });
  expect(plugInReference('./mine.ts', '/home/ann')).toEqual({ name: 'mine', file: '/home/ann/mine.ts' });
  expect(plugInReference('mine.mjs', '/home/ann')).toEqual({ name: 'mine', file: '/home/ann/mine.mjs' });
  expect(plugInReference('/tmp/x/mine', '/home/ann')).toEqual({ name: 'mine', file: '/tmp/x/mine' });
});

describe('a file from outside', () => {
  test('in TypeScript, using bench/routing, is loaded and holds the contract', async () => {
    const path = await file('mine.ts', source('mine'));
    const { strategy, file: loaded } = await checkedStrategy(path);
    expect([strategy.name, loaded]).toEqual(['mine', path]);
    expect(await loadStrategy({ name: 'mine', file: path })).toMatchObject({ name: 'mine' });
  });

  test.each(['plain.js', 'plain.mjs'])('in JavaScript: %s', async (name) => {
    const text = `export default { name: 'plain', title: 'Plain', summary: 'Itself.', fit: (size) => ({ ...size, nodes: 1, brokers: 0 }), brokers: () => [],
      route: () => ({ subscribe: (topic, node) => [{ broker: node, channel: 'x' }], publish: (topic, { node }) => [{ broker: node, channel: 'x' }] }) };`;
    expect((await checkedStrategy(await file(name, text))).strategy.name).toBe('plain');
  });

  test.each([
    [
      'Math.random in publish',
      { publish: '(topic) => [{ broker: pick(brokers, String(Math.random())).id, channel: topic }]' },
      'Math.random was called in publish()',
    ],
    [
      'a clock that it took along while it was loaded',
      { head: 'const { now } = Date;', route: 'if (now() < 0) throw new Error();' },
      'Date.now was called in route()',
    ],
    ['the clock at route', { route: 'if (Date.now() < 0) throw new Error();' }, 'Date.now was called in route()'],
    [
      'randomness while it is loaded',
      { head: 'const salt = String(Math.random());', publish: '(topic) => [{ broker: pick(brokers, salt + topic).id, channel: topic }]' },
      'the same file loaded once more',
    ],
    ['one address too few', { publish: '() => []' }, 'got 0 copies instead of 1'],
  ])('with %s is refused', async (_, parts, expected) => {
    expect(await refusal(checkedStrategy(await file('odd.ts', source('odd', parts))))).toContain(expected);
  });

  test.each([
    ['no default export', 'export const name = 1;', 'has no default export; a strategy is'],
    [
      'a wrong shape',
      'export default { name: "bad", title: "Bad", summary: "", brokers: 3 }',
      /summary: must be words, at least one, and is empty; brokers: must be a function, not 3; route: is missing/,
    ],
    ['another name', source('good'), 'calls itself "good"; rename the file to good.ts or set its name to "bad"'],
    ['a syntax error', 'export default {', 'cannot be loaded'],
    ['an import that does not exist', 'import "./nowhere.js"; export default {}', 'cannot be loaded'],
  ])('with %s is refused with what to do', async (_, text, expected) => {
    expect(await refusal(checkedStrategy(await file('bad.ts', text)))).toMatch(expected);
  });

  test('may have every field there is', async () => {
    const all = `claim: 'fast', when: { use: 'often', avoid: 'seldom' }, options: { groups: 2, mode: 'static' }, rooms: ['topic'],
      fixedNodes: 'the hash counts them', fit: (size) => ({ ...size, brokers: 0 }),`;
    const { name } = await loadStrategy({ name: 'whole', file: await file('whole.js', withFields('whole', all)) });
    expect(name).toBe('whole');
  });

  test.each([
    ['title: 3', 'title: must be words, at least one, not 3'],
    ["claim: ''", 'claim: must be words, at least one, and is empty'],
    ['mesh: false', 'mesh: must be true, or absent where nodes do not speak to each other, not false'],
    ["rooms: ['topic', 'thread']", 'rooms.1: must be "members" or "topic", not "thread"'],
    ["rooms: 'topic'", 'rooms: must be a list of "members" and "topic", each at most once; without it all can be run, not "topic"'],
    ['rooms: []', 'rooms: must be a list of "members" and "topic"'],
    ["rooms: ['topic', 'topic']", 'rooms: must be a list of "members" and "topic", each at most once'],
    ['fixedNodes: true', 'fixedNodes: must say why no node can come or go, not true'],
    ["when: 'never'", 'when: must be { use, avoid }, a sentence or two each, not "never"'],
    ["when: { use: 'often' }", 'when.avoid: is missing'],
    ["when: { use: 'often', avoid: 'seldom', avoids: 'x' }", 'when.avoids: is no field; did you mean avoid? There are: use, avoid'],
    ['options: 2', 'options: must be { name: default }, not 2'],
    ['options: [2]', 'options.0: must have a name that --option can give'],
    ['options: { groups: NaN }', 'options.groups: must be the default, a number or a word'],
    ["options: { 'my groups': 2 }", 'options.my groups: must have a name that --option can give'],
    ['fit: 3', 'fit: must be a function, not 3'],
    ['fixednodes: "why"', 'fixednodes: is no field; did you mean fixedNodes? There are: name, title'],
  ])('with the field %s is refused with what it must be', async (field, expected) => {
    const path = await file('field.js', withFields('field', `${field},`));
    const words = await refusal(loadStrategy({ name: 'field', file: path }));
    expect(words).toContain(`[field] ${path} is no strategy (${expected}`);
  });

  test('that does not exist, or is no script, is refused', async () => {
    expect(await refusal(checkedStrategy(join(folder, 'missing.ts')))).toContain('give the path of a strategy file');
    expect(await refusal(checkedStrategy(join(folder, 'missing.py')))).toContain('is no .ts, .mts, .js, .mjs file');
  });
});

describe('options', () => {
  const grouped = loadStrategy({ name: 'grouped', file: null });

  test('take the place of the defaults', async () => {
    expect(optionsOf(await grouped, {})).toEqual({ groups: 2 });
    expect(optionsOf(await grouped, { groups: '3' })).toEqual({ groups: 3 });
    expect(optionsOf({ ...(await grouped), options: { mode: 'static' } }, { mode: 'dynamic' })).toEqual({ mode: 'dynamic' });
  });

  test.each([
    [{ group: '3' }, 'has no option group; did you mean groups?'],
    [{ toString: '3' }, 'has no option toString'],
    [{ groups: 'three' }, 'option groups is a number, not "three"; e.g. --option groups=2'],
    [{ groups: '' }, 'option groups is a number'],
    [{ groups: 'Infinity' }, 'option groups is a number'],
  ])('%j is refused', async (given, words) => {
    const strategy = await grouped;
    expect(() => optionsOf(strategy, given)).toThrow(BenchError);
    expect(() => optionsOf(strategy, given)).toThrow(words);
  });

  test('a strategy without options says so', async () => {
    const hashed = await loadStrategy({ name: 'hashed', file: null });
    expect(() => optionsOf(hashed, { groups: '2' })).toThrow('[hashed] has no option groups, nor any other');
  });
});
