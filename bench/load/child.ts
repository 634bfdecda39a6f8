import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { childFlags } from '../../src/processes/processes.js';

/** A program of this folder in a process of its own, with the flags that bench gives its own processes. */
export class Child {
  readonly process: ChildProcess;

  constructor(entry: string, args: readonly string[], flags: readonly string[] = []) {
    this.process = fork(fileURLToPath(new URL(`./${entry}.js`, import.meta.url)), args, { execArgv: [...childFlags, ...flags] });
  }

  /** The next thing it tells; rejects when it ends instead. */
  async told<Words>(): Promise<Words> {
    const over = new AbortController();
    const ended = once(this.process, 'exit', { signal: over.signal }).then(([code]) => {
      throw new Error(`[bench:load] a process it measures ended with ${code}; its words are above`);
    });
    ended.catch(() => {});
    try {
      const [words] = await Promise.race([once(this.process, 'message', { signal: over.signal }), ended]);
      return words as Words;
    } finally {
      over.abort();
    }
  }

  async asked<Words>(): Promise<Words> {
    const told = this.told<Words>();
    this.process.send({});
    return told;
  }

  get cpuMs(): number {
    return cpuMs(this.process.pid ?? 0);
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }
}

const tickMs = 10;

/** User and system time of all threads of a process, by the kernel's word (proc(5)). */
export function cpuMs(pid: number): number {
  const [, rest = ''] = /\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
