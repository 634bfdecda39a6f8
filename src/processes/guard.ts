import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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
    return new Guard(spawn(process.execPath, [entryFile('processes/guardian')], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] }));
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
