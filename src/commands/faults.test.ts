import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Running, resultIn, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

let number = 0;
function out(): string {
  return join(folder.path, `run-${++number}`);
}

/** Every process that `bench` started, and theirs: pid and command line, from /proc. */
function descendants(pid: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return Number(parent) === pid ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
}

/** Processes that still work in the private folder of that run. */
function ofFolder(prefix: string, family: readonly { command: string }[]): string[] {
  const folders = family.flatMap(({ command }) => /--dir (\S+)/.exec(command)?.[1] ?? []).filter((folder) => folder.includes(prefix));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => folders.some((folder) => commandOf(pid).includes(folder)));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const size = ['--nodes', '3', '--brokers', '2', '--users', '60', '--rate', '200', '--duration', '60s', '--warm-up', '0'];
const longRun = ['run', '--strategy', 'hashed', ...size];

/** A run in the middle of its load, and every process it has. */
async function underLoad(args: readonly string[]): Promise<{ running: Running; family: { pid: number; command: string }[] }> {
  const running = start([...longRun, ...args]);
  await running.said('load:');
  return { running, family: descendants(running.process.pid ?? 0) };
}

describe.skipIf(process.platform !== 'linux')('a run whose', () => {
  it.each([
    ['chat node is killed', /chat\/main/, /n\d/],
    ['load worker is killed', /load\/main/, /worker-0/],
    ['broker is killed', /redis-server.*:|embedded\/main/, /r\d|store/],
  ])('%s ends within 5 s, says so and leaves nothing', async (_case, victim, name) => {
    const place = out();
    const { running, family } = await underLoad(['--out', place]);
    const [target] = family.filter(({ command }) => victim.test(command));
    expect(target).toBeDefined();
    process.kill(target?.pid ?? 0, 'SIGKILL');
    const killedAt = performance.now();
    const { code } = await running.ended;
    expect(performance.now() - killedAt).toBeLessThan(5_000);
    const result = resultIn(place);
    expect(result.verdict.status).toBe('unknown');
    expect(code).toBe(2);
    expect(result.died[0]).toMatch(name);
    expect(result.verdict.reasons.join()).toContain('SIGKILL');
    expect(alive(family.map(({ pid }) => pid))).toEqual([]);
  });

  it('user presses Ctrl-C ends with 130 and leaves no process, folder or half-written file', async () => {
    const place = out();
    const { running, family } = await underLoad(['--out', place]);
    running.process.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('nothing was kept');
    expect(alive(family.map(({ pid }) => pid))).toEqual([]);
    expect(readdirSync(folder.path).filter((entry) => entry.includes(`run-${number}`))).toEqual([]);
  });

  it.each(['starting the brokers', 'chat nodes started', 'connecting', 'probing'])(
    'user presses Ctrl-C at "%s" leaves nothing either',
    async (step) => {
      const place = out();
      const running = start([...longRun, '--out', place]);
      await running.said(step);
      const family = descendants(running.process.pid ?? 0);
      running.process.kill('SIGINT');
      const { code } = await running.ended;
      expect(code).toBe(130);
      expect(alive(family.map(({ pid }) => pid))).toEqual([]);
      expect(ofFolder('bench-', family)).toEqual([]);
      expect(existsSync(place)).toBe(false);
    },
  );

  it('user presses Ctrl-C twice ends at once, and the guardian clears up', async () => {
    const { running, family } = await underLoad(['--out', out()]);
    running.process.kill('SIGINT');
    running.process.kill('SIGTERM');
    const { code } = await running.ended;
    expect(code).toBe(130);
    await vi.waitFor(() => expect(alive(family.map(({ pid }) => pid))).toEqual([]), { timeout: 5_000 });
  });

  it('coordinator is killed with -9 leaves no process after 5 s', async () => {
    const { running, family } = await underLoad(['--out', out()]);
    expect(family.length).toBeGreaterThanOrEqual(8);
    running.process.kill('SIGKILL');
    await vi.waitFor(() => expect(alive(family.map(({ pid }) => pid))).toEqual([]), { timeout: 5_000 });
  });
});
