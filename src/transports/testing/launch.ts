import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../freePort.js';
import type { Launch, Launched } from '../types.js';

const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts real processes for a test, the project's own ones from their sources, and leaves nothing of them. */
export class TestLaunch implements Launch {
  readonly folder: string;
  readonly #children = new Map<number, ChildProcess>();

  static async open(): Promise<TestLaunch> {
    return new TestLaunch(await mkdtemp(join(tmpdir(), 'bench-test-')));
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  async program(_id: string, file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Launched> {
    const child = spawn(file, args, { cwd: projectFolder, stdio: 'pipe', env: { ...process.env, ...env } });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    this.#children.set(pid, child);
    const output = new Output(child);
    const end = async () => (this.#children.has(pid) ? this.kill(pid) : undefined);
    return { pid, said: (accept) => output.first(accept), spare: () => {}, ended: output.ended, end };
  }

  ours(id: string, entry: string, env: Readonly<Record<string, string>>): Promise<Launched> {
    return this.program(id, process.execPath, fromSource(entry), env);
  }

  /** One of the scripts that only tests run, relative to `src/transports`. */
  script(entry: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Launched> {
    return this.program(entry, process.execPath, [...fromSource(`transports/${entry}`), ...args], env);
  }

  freePort(): Promise<number> {
    return freePort();
  }

  /** Resolves when the process is gone. */
  async kill(pid: number): Promise<void> {
    const child = this.#children.get(pid);
    if (child === undefined) throw new Error(`no process ${pid} was started here`);
    this.#children.delete(pid);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children.keys()].map((pid) => this.kill(pid)));
    await rm(this.folder, { recursive: true });
  }
}

function fromSource(entry: string): string[] {
  return ['--import', 'jiti/register', join(projectFolder, 'src', `${entry}.ts`)];
}

/** All lines of a process; its end rejects, with them, whoever waits for another one. */
class Output {
  readonly ended: Promise<never>;
  readonly #lines: string[] = [];
  #heard: (line: string) => void = () => {};

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
    this.ended = once(child, 'close').then(([code, signal]) => {
      throw new Error([`ended with ${signal ?? code}`, ...this.#lines].join('\n'));
    });
    // Whoever waits hears of it; where nobody does, the end of a process is no failure of the test.
    this.ended.catch(() => {});
  }

  first<T>(accept: (line: string) => T | undefined): Promise<T> {
    const heard = new Promise<T>((resolve) => {
      this.#heard = (line) => {
        const value = accept(line);
        if (value !== undefined) resolve(value);
      };
      for (const line of this.#lines) this.#heard(line);
    });
    return Promise.race([heard, this.ended]);
  }

  #hear(line: string): void {
    this.#lines.push(line);
    this.#heard(line);
  }
}
