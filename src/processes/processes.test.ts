import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Processes } from './processes.js';

const opened: Processes[] = [];

async function open(secrets: readonly string[] = []): Promise<Processes> {
  const processes = await Processes.open(secrets);
  opened.push(processes);
  return processes;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((processes) => processes.close()));
});

function node(script: string): readonly [string, readonly string[]] {
  return [process.execPath, ['-e', script]];
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Pipes that keep this process from ending. */
function pipesOpen(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
}

const waiting = 'setInterval(() => {}, 1000)';

describe('processes', () => {
  it('end, and their folder goes, when closed; also one that ignores SIGTERM', async () => {
    const processes = await open();
    const polite = await processes.program('polite', ...node(waiting));
    const deaf = await processes.program('deaf', ...node(`process.on('SIGTERM', () => {}); console.log('up'); ${waiting}`));
    await deaf.said((line) => (line === 'up' ? true : undefined));
    await processes.close();
    expect([lives(polite.pid), lives(deaf.pid), existsSync(processes.folder)]).toEqual([false, false, false]);
    expect(processes.deaths).toEqual([]);
  });

  it('that end unasked are deaths, told with their last words and without secrets', async () => {
    const processes = await open(['hunter2']);
    await processes.program('brief', ...node(`console.error('the password is hunter2'); process.exit(3)`));
    expect(await processes.firstDeath).toEqual({ id: 'brief', words: 'ended with exit code 3: the password is ***' });
  });

  it('that are killed are told at once, also where their own children hold what they wrote to', async () => {
    const processes = await open();
    const script = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(waiting)}], { stdio: 'inherit' });
      console.log(pid); ${waiting}`;
    const before = pipesOpen();
    const parent = await processes.program('parent', ...node(script));
    const orphan = await parent.said((line) => Number(line) || undefined);
    process.kill(parent.pid, 'SIGKILL');
    await processes.exited(parent.pid);
    try {
      expect(lives(orphan)).toBe(true);
      expect(await processes.deathsTold()).toEqual([{ id: 'parent', words: 'ended with SIGKILL' }]);
      await vi.waitFor(() => expect(pipesOpen()).toBe(before));
    } finally {
      process.kill(orphan, 'SIGKILL');
    }
  });

  it('that end when they were ready are told without what they wrote before', async () => {
    const processes = await open();
    for (const [last, told] of [
      ['', 'ended with exit code 3'],
      [`console.log('out of memory');`, 'ended with exit code 3: out of memory'],
    ] as const) {
      const end = `process.on('SIGUSR2', () => { ${last} process.exit(3); })`;
      const script = `${end}; console.log('starting'); console.log('port 1'); console.log('ready'); ${waiting}`;
      const child = await processes.program('server', ...node(script));
      await child.said((line) => (line === 'ready' ? true : undefined));
      expect(await child.said((line) => (line === 'port 1' ? line : undefined))).toBe('port 1');
      const exited = processes.exited(child.pid);
      process.kill(child.pid, 'SIGUSR2');
      await exited;
      expect(processes.deaths.at(-1)).toEqual({ id: 'server', words: told });
    }
  });

  it('that the run goes on without are no deaths, and are told', async () => {
    const processes = await open();
    const losses: unknown[] = [];
    processes.onLoss = (loss) => losses.push(loss);
    const child = await processes.program('clerk', ...node(waiting));
    child.spare('nobody needs it');
    const exited = processes.exited(child.pid);
    process.kill(child.pid, 'SIGKILL');
    await exited;
    expect(losses).toEqual([{ id: 'clerk', words: 'ended with SIGKILL; nobody needs it' }]);
    expect(processes.deaths).toEqual([]);
  });

  it('that end before they say what is waited for reject with their last words', async () => {
    const processes = await open();
    const brief = await processes.program('brief', ...node(`console.log('no'); process.exit(1)`));
    await expect(brief.said((line) => (line === 'yes' ? true : undefined))).rejects.toThrow('[brief] ended with exit code 1: no');
    expect(processes.deaths).toEqual([]);
  });

  it('that were asked to end are no deaths', async () => {
    const processes = await open();
    const child = await processes.program('leaver', ...node(waiting));
    processes.ask(child.pid);
    const exited = processes.exited(child.pid);
    process.kill(child.pid, 'SIGTERM');
    expect(await exited).toBe('SIGTERM');
    expect(processes.deaths).toEqual([]);
  });

  it('that are ended by who launched them are gone then, and no deaths, also when they had ended before', async () => {
    const processes = await open();
    const child = await processes.program('unneeded', ...node(waiting));
    await child.end();
    expect(lives(child.pid)).toBe(false);
    await child.end();
    expect(processes.deaths).toEqual([]);
  });

  it('are not started any more once closed, so that an interrupted start leaves none', async () => {
    const processes = await open();
    const starting = processes.program('first', ...node(waiting));
    const closing = processes.close();
    await expect(processes.program('late', ...node(waiting))).rejects.toThrow('the run is over');
    const { pid } = await starting;
    await closing;
    expect(lives(pid)).toBe(false);
  });

  it('that cannot be started say which program is missing', async () => {
    const processes = await open();
    await expect(processes.program('ghost', '/nowhere/ghost', [])).rejects.toThrow('[ghost] cannot start /nowhere/ghost');
  });

  it('are ended by the guardian, and their folder removed, when the coordinator is killed with -9', async () => {
    const doomed = spawn(process.execPath, [fileURLToPath(new URL('../../dist/src/processes/testing/doomed.js', import.meta.url))]);
    const [line] = (await once(createInterface({ input: doomed.stdout }), 'line')) as [string];
    const { pid, folder } = JSON.parse(line) as { pid: number; folder: string };
    expect(lives(pid)).toBe(true);
    doomed.kill('SIGKILL');
    await vi.waitFor(() => expect([lives(pid), existsSync(folder)]).toEqual([false, false]), { timeout: 5_000 });
  });
});
