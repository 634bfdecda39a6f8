import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { unavailable } from '../error.js';
import { entryFile } from './entryFile.js';

/**
 * What the guardian is told: `pid`, `gone`: a process began, ended; `folder`, `removed`: a private folder, to be removed with all that is in it;
 * `unfinished`, `finished`: a folder of results, of which only an unfinished one is removed, and only what bench itself wrote there.
 */
export type GuardianWord = 'pid' | 'gone' | 'folder' | 'removed' | 'unfinished' | 'finished';

/** The coordinator's end of the line to its guardian, a process that clears up after a coordinator that could not do it itself. */
export class Guard {
  readonly #guardian: ChildProcess;

  static start(): Guard {
    const guardian = spawn(process.execPath, [entryFile('processes/guardian')], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    // What is said there later, Node.js shows at once by giving no pid.
    guardian.on('error', () => {});
    if (guardian.pid !== undefined) return new Guard(guardian);
    throw unavailable(
      `[guardian] ${process.execPath} cannot be started to clear up after the run; is it still there, and are there processes and open files left (ulimit -u, ulimit -n)?`,
    );
  }

  private constructor(guardian: ChildProcess) {
    this.#guardian = guardian;
    guardian.stdin?.on('error', () => {});
  }

  tell(word: GuardianWord, what: string | number): void {
    this.#guardian.stdin?.write(`${word} ${what}\n`);
  }

  /** Whatever it was not told to be over is over after this. */
  async close(): Promise<void> {
    const gone = once(this.#guardian, 'exit');
    this.#guardian.stdin?.end();
    if (this.#guardian.exitCode === null && this.#guardian.signalCode === null) await gone;
  }
}
