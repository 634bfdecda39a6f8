import { describe, expect, it } from 'vitest';
import type { Resized } from '../report/terminal/resize.js';
import { bench } from './testing/bench.js';

const small = [
  '--nodes',
  '3',
  '--brokers',
  '2',
  '--users',
  '90',
  '--rate',
  '900',
  '--duration',
  '1s',
  '--restart',
  '200ms',
  '--rollout',
  '500ms',
];

describe('bench resize', () => {
  it('prints, with --json, one object and nothing else: every way of every strategy', async () => {
    const { code, stdout, stderr } = await bench(['resize', '--strategies', 'hashed, ring', ...small, '--seed', '7', '--json']);
    expect(code).toBe(0);
    const { setting, results } = JSON.parse(stdout) as Resized;
    expect(setting).toBe('3 nodes, 90 users, scenario direct, 900 messages/s for 1 s, seed 7');
    expect(results.map(({ strategy, way, from, to }) => `${strategy} ${way} ${from} ${to}`)).toEqual(
      ['hashed', 'ring'].flatMap((name) => ['restart', 'naive', 'coordinated'].map((way) => `${name} ${way} 2 3`)),
    );
    const [restart, naive, coordinated] = results;
    expect(restart?.counts).toMatchObject({ lost: 0, duplicated: 0, misdelivered: 0 });
    expect(restart?.counts.rejected).toBeGreaterThan(100);
    expect(restart?.tookMs).toBeCloseTo(200);
    expect(naive?.counts).toMatchObject({ sent: 900, rejected: 0 });
    expect(naive?.counts.lost).toBeGreaterThan(0);
    expect(coordinated?.counts).toMatchObject({ sent: 900, delivered: 900, lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 });
    expect(stderr.split('\n').slice(0, 2)).toEqual(['hashed, 2 to 3 brokers: restart', 'hashed, 2 to 3 brokers: naive']);
  });

  it('shows a person one line for each way', async () => {
    const { code, stdout } = await bench(['resize', '--strategies', 'partition-ring', ...small, '--to', '4']);
    expect(code).toBe(0);
    for (const way of ['restart', 'naive', 'coordinated']) expect(stdout).toMatch(new RegExp(`partition-ring +2 → 4 +${way} +\\d+%`));
  });

  it('gives the same figures for the same seed', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => bench(['resize', '--strategies', 'rendezvous', ...small, '--json'])));
    expect(one?.code).toBe(0);
    expect(one?.stdout).toBe(other?.stdout);
  });

  it('says in its help what the three ways are', async () => {
    const { code, stdout } = await bench(['resize', '--help']);
    expect(code).toBe(0);
    for (const words of ['--strategies <names>', '--to <n>', '--restart <time>', '--rollout <time>', 'naive', 'coordinated', 'Examples:'])
      expect(stdout).toContain(words);
  });

  it.each([
    ['an unknown strategy', ['--strategies', 'hashd'], 'did you mean hashed?'],
    ['no brokers', ['--to', '0'], "option '--to <n>' argument '0' is invalid"],
    ['a time without a unit that is known', ['--restart', '1y'], "option '--restart <time>' argument '1y' is invalid"],
    ['an option that the strategy has not', ['--strategies', 'hashed', '--option', 'groups=2'], '[hashed] has no option groups'],
    ['a flag of a live run', ['--redis', 'redis://127.0.0.1'], "unknown option '--redis'"],
    ['a change that is none', ['--strategies', 'hashed', '--brokers', '3', '--to', '3'], 'has 3 brokers before and after'],
    [
      'a strategy that has no brokers to change',
      ['--strategies', 'single-server'],
      'has 0 brokers before and after, which is the nearest to 1',
    ],
  ])('refuses %s, and prints no result', async (_, flags, words) => {
    const { code, stdout, stderr } = await bench(['resize', ...flags, '--json']);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(words);
  });
});
