import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

it('whatever the README imports in a file of one’s own, the package exports: an editor finds its types there', () => {
  const imported = [...readFileSync('README.md', 'utf8').matchAll(/from '(bench\/\w+)'/g)].map(([, name = '']) => name);
  expect([...new Set(imported)].sort()).toEqual(['bench/plan', 'bench/routing']);
  const { resolve } = createRequire(import.meta.url);
  for (const name of imported) expect(resolve(name)).toMatch(new RegExp(`dist/src/${name.slice('bench/'.length)}/index\\.js$`));
});
