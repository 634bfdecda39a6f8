import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** An import may only point to a folder further on in this list: the order in which a run flows, seen from its end. */
const order = [
  'cli.ts',
  'commands',
  'report',
  'verdict',
  'run',
  'load',
  'chat',
  'processes',
  'measure',
  'transports',
  'plan',
  'routing',
  'error.ts',
];
/** In the files of the pure folders, comments included: what depends on anything but the arguments. */
const impureWords =
  /['"]node:|\bDate\b|\bMath\.random\b|\brandom\b[^=\n]*\}\s*=\s*Math\b|\bprocess[.;]|\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b|\bqueueMicrotask\b|\bcrypto\b|\bfetch\b|\bglobalThis\b/;
const root = resolve(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  readonly to: string;
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .map((file) => join(folder, file));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const relativeImports = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return relativeImports.map((to) => ({ from: file, to: relative(root, resolve(root, dirname(file), to)) }));
}

function rank(file: string): number {
  const [, place = ''] = /^src[/\\]([^/\\]+)/.exec(file) ?? [];
  return order.indexOf(place.replace(/\.js$/, '.ts'));
}

const arrows = filesOf('src').flatMap(importsOf);

describe('imports', () => {
  it('are found', () => {
    expect(arrows.length).toBeGreaterThan(100);
  });

  it('lead to folders that have a place in the order', () => {
    expect(arrows.filter(({ from, to }) => rank(from) < 0 || rank(to) < 0)).toEqual([]);
  });

  it('point one way along it', () => {
    expect(arrows.filter(({ from, to }) => rank(to) < rank(from))).toEqual([]);
  });

  it.each([
    ['strategies', /^src\/routing\//],
    ['scenarios', /^src\/(plan|routing|error)/],
    ['src/routing', /^src\/routing\//],
  ])('of %s reach only what is pure', (folder, allowed) => {
    expect(
      filesOf(folder)
        .flatMap(importsOf)
        .filter(({ to }) => !allowed.test(to)),
    ).toEqual([]);
  });

  it.each(['strategies', 'scenarios', 'src/routing'])('of %s name no module of Node, no clock, no chance and no timer', (folder) => {
    const impure = filesOf(folder).filter((file) => impureWords.test(readFileSync(join(root, file), 'utf8')));
    expect(impure.filter((file) => file !== join('src', 'routing', 'purity.ts'))).toEqual([]);
  });

  it.each([
    "import { now } from 'node:x'",
    'Date.now()',
    'new Date()',
    'const { now } = Date;',
    'Math.random()',
    'const { random } = Math;',
    'process.pid',
    'const { uptime } = process;',
    'performance.now()',
    'setTimeout(run)',
    'crypto.randomUUID()',
  ])('%s is found', (text) => expect(text).toMatch(impureWords));
});
