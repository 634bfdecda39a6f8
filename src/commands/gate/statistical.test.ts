import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { resultText } from '../../report/json.js';
import { sampleResult } from '../../report/testing/sample.js';
import type { Pair } from '../../verdict/pairs.js';
import type { Stage } from '../oneRun.js';
import { bench, start, temporaryFolder } from '../testing/bench.js';
import { playPairs } from './playPairs.js';
import type { Side } from './sides.js';
import { commitOf, withBase } from './worktree.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What the guardian was told, and a signal of one's own. */
function stage(): { readonly stage: Stage; readonly told: string[]; abort(): void } {
  const [interrupt, told] = [new AbortController(), [] as string[]];
  const guard = { tell: (word: string, what: string | number) => void told.push(`${word} ${what}`) } as unknown as Stage['guard'];
  return { stage: { signal: interrupt.signal, guard }, told, abort: () => interrupt.abort(new Error('interrupted')) };
}

describe('pairs', () => {
  const log = join(folder.path, 'order');

  /** A program that writes down that it was called and prints a result, as `bench run --json` does. */
  function side(name: 'base' | 'head', body = ''): Side {
    const cli = join(folder.path, `${name}.mjs`);
    const result = JSON.stringify(resultText(sampleResult()));
    writeFileSync(
      cli,
      `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(log)}, '${name} ');\n${body}\nprocess.stdout.write(${result});\n`,
    );
    return { name, words: name, cli, cwd: folder.path };
  }

  function begun(): Record<Side['name'], number> {
    const names = readFileSync(log, 'utf8').split(' ');
    const count = (name: string) => names.filter((one) => one === name).length;
    return { base: count('base'), head: count('head') };
  }

  /** Ends only once the other side of its pair has begun, too. */
  function untilBegun(own: Side['name'], other: Side['name']): string {
    return `
      import { readFileSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      const count = (name) => readFileSync(${JSON.stringify(log)}, 'utf8').split(name).length;
      const pair = count('${own}');
      for (let tries = 0; count('${other}') < pair; tries++) {
        if (tries > 2000) throw new Error('${other} does not begin');
        await setTimeout(10);
      }`;
  }

  async function played(sides: { base: Side; head: Side }, to = stage()): Promise<readonly Pair[]> {
    writeFileSync(log, '');
    const pairs: Pair[] = [];
    for await (const pair of playPairs(sides, ['hashed'], 4, to.stage)) pairs.push(pair);
    return pairs;
  }

  it('are played at the same time, and hold what each side cost', async () => {
    const pairs = await played({ base: side('base', untilBegun('base', 'head')), head: side('head', untilBegun('head', 'base')) });
    expect(begun()).toEqual({ base: 4, head: 4 });
    expect(pairs.map(({ first }) => first)).toEqual(['base', 'head', 'base', 'head']);
    const { costUsPerDelivered } = sampleResult();
    expect(pairs[0]?.base).toMatchObject({ nodeUs: costUsPerDelivered.node, brokerUs: costUsPerDelivered.broker });
  });

  it('end with the first run that does not pass, which is not played again', async () => {
    const failing = side('head', "console.error('lost 3'); process.exit(1);");
    await expect(played({ base: side('base'), head: failing })).rejects.toThrow('[head] head did not pass: exit code 1: lost 3');
    expect(begun()).toEqual({ base: 1, head: 1 });
  });

  it('start servers of their own, whatever servers the environment names', async () => {
    vi.stubEnv('BENCH_REDIS', 'redis://127.0.0.1:1');
    vi.stubEnv('BENCH_STORE', 'redis://127.0.0.1:2');
    const without = 'if (process.env.BENCH_REDIS ?? process.env.BENCH_STORE) process.exit(1);';
    expect(await played({ base: side('base', without), head: side('head', without) })).toHaveLength(4);
  });

  it('leave no process and no folder when they are interrupted', async () => {
    const to = stage();
    const waiting = side('head', 'setInterval(() => {}, 1000); await new Promise(() => {});');
    const ended = played({ base: side('base'), head: waiting }, to);
    ended.catch(() => {});
    await vi.waitFor(() => expect(begun()).toEqual({ base: 1, head: 1 }), { timeout: 30_000 });
    to.abort();
    await expect(ended).rejects.toThrow('interrupted');
    const pids = to.told.filter((words) => words.startsWith('pid ')).map((words) => Number(words.slice(4)));
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    for (const words of to.told.filter((words) => words.startsWith('folder '))) expect(existsSync(words.slice(7))).toBe(false);
  });
});

describe('another commit', () => {
  const project = join(folder.path, 'project');
  const gitIn = (cwd: string, ...args: readonly string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
  const worktrees = (cwd = project) => gitIn(cwd, 'worktree', 'list').trim().split('\n').length;

  /** A project with a strategy, committed as each of these. */
  function makeRepository(at: string, contents: readonly string[]): void {
    mkdirSync(at);
    gitIn(at, 'init', '--quiet', '--initial-branch=main');
    for (const content of contents) {
      writeFileSync(join(at, 'mine.ts'), content);
      gitIn(at, 'add', '.');
      gitIn(at, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--message', 'x');
    }
  }

  function makeProject(): void {
    if (existsSync(project)) return;
    makeRepository(project, ['old', 'new']);
    appendFileSync(join(project, 'mine.ts'), ', not committed');
  }

  it('is there as it was, and gone afterwards, also when the work fails', async () => {
    makeProject();
    vi.spyOn(process, 'cwd').mockReturnValue(project);
    const { stage: on, told } = stage();
    const seen: string[] = [];
    await withBase(await commitOf('HEAD~1', on), on, async ({ cwd }) => void seen.push(cwd, readFileSync(join(cwd, 'mine.ts'), 'utf8')));
    await expect(
      withBase(await commitOf('HEAD', on), on, async ({ cwd }) => {
        seen.push(cwd);
        throw new Error('the work failed');
      }),
    ).rejects.toThrow('the work failed');
    expect(seen[1]).toBe('old');
    expect([existsSync(seen[0] ?? ''), existsSync(seen[2] ?? ''), worktrees()]).toEqual([false, false, 1]);
    expect(told.map((words) => words.split(' ')[0])).toEqual(['folder', 'removed', 'folder', 'removed']);
  });

  it.each(['nosuch', '--help', 'HEAD~7'])('called %s is said to be unknown', async (ref) => {
    makeProject();
    vi.spyOn(process, 'cwd').mockReturnValue(project);
    await expect(commitOf(ref, stage().stage)).rejects.toThrow(`--against ${ref}: git in ${project} knows no such commit; fetch it first`);
  });

  it('whose runs do not pass leaves nobody able to say what a change costs: unknown, and why, in all that is written', async () => {
    const mine = (publish: string) => `import { type Strategy } from 'bench/routing';
      const everywhere = [{ broker: 'redis', channel: 'all' }];
      export default {
        name: 'mine', title: 'Mine', summary: 'One channel', fit: (size) => ({ ...size, brokers: 1 }), brokers: () => [{ id: 'redis', kind: 'redis' }],
        route: () => ({ subscribe: () => everywhere, publish: () => ${publish} }),
      } satisfies Strategy;`;
    const failing = join(folder.path, 'failing');
    makeRepository(failing, [mine('{ throw new RangeError("no way") }'), mine('everywhere')]);
    const [markdown, junit] = [join(folder.path, 'gate.md'), join(folder.path, 'gate.xml')];
    const written = ['--markdown', markdown, '--junit', junit];
    const args = ['gate', '--layer', 'statistical', '--against', 'HEAD~1', '--strategies', './mine.ts', ...written];
    const { code, stdout, stderr } = await bench(args, { cwd: failing });
    expect(`${code} ${code === 2 ? '' : stderr}`).toBe('2 ');
    const [table, cases] = [readFileSync(markdown, 'utf8'), readFileSync(junit, 'utf8')];
    for (const text of [stdout, table, cases])
      expect(text.replaceAll(/[\\\s]+/g, ' ')).toMatch(/base ?\] HEAD ?~1 \([0-9a-f]{9} ?\) did not pass: exit code \d+: .*no way/);
    for (const text of [stdout, table]) {
      expect(text).toContain('not one pair');
      expect(text).not.toMatch(/\| --- \||interval/);
    }
    expect(worktrees(failing)).toBe(1);
  });

  it('is gone with all processes when bench gate is interrupted', async () => {
    makeProject();
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('bench-base-'));
    const args = ['gate', '--layer', 'statistical', '--against', 'HEAD', '--strategies', 'single-server'];
    const gate = start(args, { cwd: project });
    await gate.said('[pair 1 of 10]');
    gate.process.kill('SIGINT');
    expect((await gate.ended).code).toBe(130);
    expect(worktrees()).toBe(1);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('bench-base-'))).toEqual(before);
  });
});
