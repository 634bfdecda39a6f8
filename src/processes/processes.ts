import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { unavailable } from '../error.js';
import { freePort } from '../transports/freePort.js';
import type { Forked, Launch, Launched } from '../transports/types.js';
import { entryFile } from './entryFile.js';
import { Guard } from './guard.js';
import { LastWords } from './lastWords.js';

/** How long a process may take to end by itself before it is killed. */
const endMs = 1_500;

/**
 * What a process wrote last lies in its pipe when it ends; its own children may hold that open for longer, and say nothing of its end.
 * In several looks, as nothing is read while `bench` itself stands still.
 */
const drainPatience = { looks: 4, everyMs: 50 };

/** Node 24 lets the young generation of the heap grow far beyond what Node 20 does (16 MB): memory would depend on the version more than on the work. */
export const childFlags: readonly string[] = ['--max-semi-space-size=16'];

/** A process that ended before it was asked to, and not while somebody waited for its first words: who does knows what to do about it. */
export interface Death {
  readonly id: string;
  readonly words: string;
}

interface Child {
  readonly id: string;
  readonly process: Pick<ChildProcess, 'pid' | 'kill'>;
  readonly words: Pick<LastWords, 'text'>;
  readonly exited: Promise<string>;
  asked: boolean;
  /** What its end means, where the run goes on without it. */
  without: string | undefined;
  /** Somebody waits for its words and will be told of its end. */
  awaited: number;
}

/**
 * Every process of a run, and its private folder. Children live in sessions of their own, so that a Ctrl-C in the terminal
 * reaches `bench` alone, and a guardian ends them when `bench` itself is killed.
 */
export class Processes implements Launch {
  readonly folder: string;
  /** Resolves with the first process that ends before it was asked to. */
  readonly firstDeath: Promise<Death>;
  readonly deaths: Death[] = [];
  /** Of those that have ended and whose last words are still read. */
  readonly #ending = new Set<Promise<unknown>>();
  /** Called with a process that ended before it was asked to, and that the run goes on without. */
  onLoss: (loss: Death) => void = () => {};
  readonly #children = new Map<number, Child>();
  readonly #guard: Guard;
  readonly #ownGuard: boolean;
  readonly #secrets: readonly string[];
  #died: (death: Death) => void = () => {};
  #closed = false;

  /** `secrets` are masked in every last word. A guard that is given outlives these processes: whoever started it closes it. */
  static async open(secrets: readonly string[], guard?: Guard): Promise<Processes> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-')).catch((cause: unknown) => {
      throw unavailable(`cannot make a temporary folder in ${tmpdir()}; set TMPDIR to one that can be written to`, cause);
    });
    return new Processes(folder, secrets, guard);
  }

  private constructor(folder: string, secrets: readonly string[], guard: Guard | undefined) {
    this.folder = folder;
    this.#secrets = secrets;
    this.firstDeath = new Promise((resolve) => {
      this.#died = resolve;
    });
    this.#ownGuard = guard === undefined;
    this.#guard = guard ?? Guard.start();
    this.#guard.tell('folder', folder);
  }

  async program(id: string, file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Launched> {
    if (this.#closed) throw unavailable(`[${id}] is not started: the run is over`);
    const child = spawn(file, args, { cwd: this.folder, detached: true, stdio: 'pipe', env: { ...process.env, ...env } });
    if (child.pid === undefined) {
      const [cause] = await once(child, 'error');
      throw unavailable(`[${id}] cannot start ${file}`, cause);
    }
    const { pid } = child;
    const kept = this.#keep(id, child, pid);
    return {
      pid,
      said: (accept) => said(kept, accept),
      spare: (without) => {
        kept.without = without;
      },
      ended: ended(kept),
      end: async () => {
        this.kill(pid);
        await kept.exited;
      },
    };
  }

  ours(id: string, entry: string, env: Readonly<Record<string, string>>): Promise<Launched> {
    return this.program(id, process.execPath, [...childFlags, entryFile(entry)], env);
  }

  /** A process that one of these started is ended, and its end noticed, like theirs; its words are among those of its parent. */
  adopt(id: string, { pid, ended: gone }: Forked): Pick<Launched, 'ended'> {
    const process = { pid, kill: (signal: NodeJS.Signals | number = 'SIGTERM') => kill(pid, signal) };
    const exited: Promise<string> = gone.then((how) => this.#gone(kept, how));
    const kept: Child = { id, process, words: { text: () => '' }, exited, asked: false, without: undefined, awaited: 0 };
    this.#children.set(pid, kept);
    this.#guard.tell('pid', pid);
    return { ended: ended(kept) };
  }

  freePort(): Promise<number> {
    return freePort();
  }

  /** The process is about to end by itself: its end is no death. */
  ask(pid: number): void {
    const child = this.#children.get(pid);
    if (child !== undefined) child.asked = true;
  }

  /** Ends the process at once: its end is no death. */
  kill(pid: number): void {
    this.ask(pid);
    this.#children.get(pid)?.process.kill('SIGKILL');
  }

  /** Resolves with how it ended. */
  async exited(pid: number): Promise<string> {
    return (await this.#children.get(pid)?.exited) ?? 'ended before';
  }

  /** Of all that have ended by now. */
  async deathsTold(): Promise<readonly Death[]> {
    await Promise.all(this.#ending);
    return this.deaths;
  }

  /** Ends everything: SIGTERM, then SIGKILL; then the folder goes. */
  async close(): Promise<void> {
    this.#closed = true;
    const children = [...this.#children.values()];
    for (const child of children) child.asked = true;
    for (const child of children) child.process.kill('SIGTERM');
    const kill = setTimeout(() => {
      for (const child of children) child.process.kill('SIGKILL');
    }, endMs);
    await Promise.all(children.map((child) => child.exited));
    clearTimeout(kill);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    this.#guard.tell('removed', this.folder);
    if (this.#ownGuard) await this.#guard.close();
  }

  #keep(id: string, child: ChildProcess, pid: number): Child & { readonly words: LastWords } {
    const words = new LastWords(child, this.#secrets);
    child.stdin?.on('error', () => {});
    const closed = new Promise((resolve) => child.once('close', resolve));
    const exited: Promise<string> = once(child, 'exit').then(([code, signal]) =>
      this.#over(kept, signal ?? `exit code ${code}`, drained(child, closed)),
    );
    const kept: Child & { readonly words: LastWords } = { id, process: child, words, exited, asked: false, without: undefined, awaited: 0 };
    this.#children.set(pid, kept);
    this.#guard.tell('pid', pid);
    return kept;
  }

  /** Whether its end was asked for is decided now, and told when its last words are in. */
  async #over(child: Child, how: string, pipes: Promise<void>): Promise<string> {
    const { asked } = child;
    const gone = pipes.then(() => this.#gone(child, how, asked));
    this.#ending.add(gone);
    await gone;
    this.#ending.delete(gone);
    return gone;
  }

  #gone(child: Child, how: string, asked = child.asked): string {
    this.#children.delete(child.process.pid ?? 0);
    this.#guard.tell('gone', child.process.pid ?? 0);
    if (!asked && child.awaited === 0) this.#tell(child, how);
    return how;
  }

  #tell(child: Child, how: string): void {
    const { id, without } = child;
    if (without !== undefined) {
      this.onLoss({ id, words: `ended with ${how}; ${without}` });
      return;
    }
    const death = { id, words: endInWords(child, how) };
    this.deaths.push(death);
    this.#died(death);
  }
}

async function said<T>(child: Child & { readonly words: LastWords }, accept: (line: string) => T | undefined): Promise<T> {
  child.awaited++;
  try {
    return await child.words.first(accept, ended(child));
  } finally {
    child.awaited--;
  }
}

/** All that it wrote has been read; `closed`: nobody holds its pipes any more. Whoever still does keeps `bench` no longer: they are left. */
async function drained({ stdout, stderr }: ChildProcess, closed: Promise<unknown>): Promise<void> {
  let open = true;
  const shut = closed.then(() => {
    open = false;
  });
  for (let look = 0; open && look < drainPatience.looks; look++)
    await Promise.race([shut, wait(drainPatience.everyMs, undefined, { ref: false })]);
  stdout?.destroy();
  stderr?.destroy();
}

function ended(child: Child): Promise<never> {
  const promise = child.exited.then((how) => {
    throw unavailable(`[${child.id}] ${endInWords(child, how)}`);
  });
  promise.catch(() => {});
  return promise;
}

function endInWords({ words }: Child, how: string): string {
  return [`ended with ${how}`, words.text()].filter(Boolean).join(': ');
}

/** False when there is no such process any more. */
function kill(pid: number, signal: NodeJS.Signals | number): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
