import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Readonly<Record<string, Locked>> };

/** Below these lie known holes: a crash or memory exhaustion by a client's packet, or publishes repeated unseen. */
const floors = {
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.10',
  ws: '8.21.0',
  'socket.io': '4.6.2',
  ioredis: '6.0.0',
} as const;

function numbers(version = ''): number[] {
  return version.split('.').map(Number);
}

function atLeast(version: string | undefined, floor: string): boolean {
  const [found, wanted] = [numbers(version), numbers(floor)];
  const differing = wanted.findIndex((number, index) => number !== found[index]);
  return differing < 0 || (found[differing] ?? -1) > (wanted[differing] ?? 0);
}

describe('the lock file', () => {
  it.each(Object.entries(floors))('has every %s at %s or above', (name, floor) => {
    const found = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, { version }]) => !atLeast(version, floor))).toEqual([]);
  });

  it('names every optional package that its packages ask for, or `npm ci` refuses it', () => {
    const asked = Object.values(lock.packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
    const missing = asked.filter((name) => !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)));
    expect(missing).toEqual([]);
  });
});
