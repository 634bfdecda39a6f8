import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Programs that are run one after the other, and stopped together. */
export class Runs {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Runs Node to its end. Throws when it was interrupted, once nothing of it runs any more. */
  async node(args: readonly string[], cwd: string): Promise<Run> {
    this.#signal.throwIfAborted();
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stop = () => stopGroup(child.pid);
    this.#signal.addEventListener('abort', stop);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      this.#signal.throwIfAborted();
      return { code, output };
    } finally {
      this.#signal.removeEventListener('abort', stop);
    }
  }
}

/** It leads a group of its own, so that those it started go with it. */
function stopGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
