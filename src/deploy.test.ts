import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWith, findServer } from './transports/testing/servers.js';

const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');
const compose = readFileSync('docker-compose.yml', 'utf8');
const ignored = readFileSync('.dockerignore', 'utf8').split('\n');

describe('deploy/Dockerfile', () => {
  it('copies from the project only what is there and not ignored', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((source) => !existsSync(source) || ignored.includes(source))).toEqual([]);
  });

  it('keeps what git and npm make, and every result, out of the context', () => {
    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/dist', 'results']));
  });

  it('runs as nobody special, and bench is the program of package.json', () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: { bench: string } };
    expect(dockerfile).toContain(`ln -s /bench/${bin.bench} /usr/local/bin/bench`);
    expect(dockerfile.indexOf('\nUSER node\n')).toBeLessThan(dockerfile.indexOf('\nENTRYPOINT ["bench"]\n'));
    expect(dockerfile.indexOf('\nUSER node\n')).toBeGreaterThan(0);
  });
});

describeWith(findServer('docker-compose'), 'docker-compose.yml', (program) => {
  const { status, stdout, stderr } = spawnSync(program, ['--profile', 'bench', 'config'], { encoding: 'utf8' });

  it('is valid', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('starts Redis alone unless bench is asked for, and gives bench each of them by its name', () => {
    expect(compose).toMatch(/x-bench:[\s\S]*?profiles: \["bench"\]/);
    const redises = [...stdout.matchAll(/^ {2}(redis-\d+|store):$/gm)].map(([, name]) => name);
    const given = [...stdout.matchAll(/redis:\/\/([\w-]+):6379/g)].map(([, name]) => name);
    expect(redises.length).toBe(4);
    expect(new Set(given)).toEqual(new Set(redises));
    expect(stdout).toMatch(/^ {4}build:\n {6}context: .*\n {6}dockerfile: deploy\/Dockerfile$/m);
    expect(existsSync('deploy/Dockerfile')).toBe(true);
  });

  it('is reached from this machine alone', () => {
    const ports = [...compose.matchAll(/"([\d.]+:)?\d+:\d+"/g)].map(([whole]) => whole);
    expect(ports.filter((port) => !port.startsWith('"127.0.0.1:'))).toEqual([]);
    expect(ports).toHaveLength(5);
  });
});
