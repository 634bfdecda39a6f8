import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { noServers, resultIn, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

let number = 0;
const size = ['--nodes', '3', '--brokers', '2', '--users', '60', '--rate', '100', '--duration', '3s'];

interface Stalled {
  readonly code: number | null;
  readonly stderr: string;
  readonly out: string;
  readonly seconds: number;
  readonly left: readonly number[];
}

/** A run of which one process is stopped, not ended, as soon as the run says those words. */
async function stalled(words: string, entry: string, place: number, warmUp: string): Promise<Stalled> {
  const out = join(folder.path, `run-${++number}`);
  const running = start(['run', '--strategy', 'hashed', ...size, '--warm-up', warmUp, '--out', out], { env: noServers });
  await running.said(words);
  const family = childrenOf(running.process.pid ?? 0);
  const victim = family.filter(({ command }) => command.includes(entry)).at(place);
  process.kill(victim?.pid ?? 0, 'SIGSTOP');
  const stoppedAt = performance.now();
  const { code, stderr } = await running.ended;
  const left = family.map(({ pid }) => pid).filter(isAlive);
  return { code, stderr, out, seconds: (performance.now() - stoppedAt) / 1000, left };
}

function childrenOf(parent: number): { pid: number; command: string }[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && fieldsOf(name)[1] === String(parent));
  return pids
    .map((pid) => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
    .sort((one, other) => one.pid - other.pid);
}

function isAlive(pid: number): boolean {
  return !['', 'Z', undefined].includes(fieldsOf(String(pid))[0]);
}

/** State and parent of a process; empty when it is gone. */
function fieldsOf(pid: string): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(process.platform !== 'linux').concurrent('a run of which', { timeout: 120_000 }, () => {
  it.for([
    ['a chat node is stopped while it gets ready', 'connecting', 'chat/main', 1, /\bn2\b/],
    ['a chat node is stopped while it is warmed up', 'warming up', 'chat/main', 1, /\[n2\] did not settle within 10 s/],
    ['a load worker is stopped while it gets ready', 'connecting', 'load/main', 0, /\[worker-0\] did not [a-z -]+ within [0-9.]+ s/],
  ] as const)('%s ends with 69, names it, and leaves nothing', async ([, words, entry, place, named], { expect }) => {
    const { code, stderr, left, seconds } = await stalled(words, entry, place, '3s');
    expect(stderr).toMatch(named);
    expect({ code, left }).toEqual({ code: 69, left: [] });
    expect(seconds).toBeLessThan(60);
  });

  it.for([
    ['a chat node is stopped under load', 'load:', 'chat/main', 1, 'nodes.n2', '[n2] did not settle within 10 s'],
    ['a load worker is stopped under load', 'load:', 'load/main', 0, 'workers.worker-0', '[worker-0] did not finish the load within'],
  ] as const)(
    '%s keeps its result, which is unknown and says who was silent',
    async ([, words, entry, place, figure, drained], { expect }) => {
      const { code, out, left, seconds } = await stalled(words, entry, place, '0');
      const { verdict, unknowns, died } = resultIn(out);
      expect({ code, status: verdict.status, died, left }).toEqual({ code: 2, status: 'unknown', died: [], left: [] });
      expect(unknowns.drained).toContain(drained);
      expect(Object.keys(unknowns)).toContain(figure);
      expect(verdict.reasons.join()).toContain(drained);
      expect(seconds).toBeLessThan(60);
    },
  );
});

it.skipIf(process.platform !== 'linux')('a run that is told to end by Ctrl-C waits for no death that nobody died', async () => {
  const running = start(
    ['run', '--strategy', 'hashed', ...size, '--duration', '60s', '--warm-up', '0', '--out', join(folder.path, 'ended')],
    {
      env: noServers,
    },
  );
  await running.said('load:');
  running.process.kill('SIGINT');
  const toldAt = performance.now();
  expect((await running.ended).code).toBe(130);
  expect(performance.now() - toldAt).toBeLessThan(1_500);
});
