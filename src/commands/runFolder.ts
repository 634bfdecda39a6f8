import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import type { Guard } from '../processes/guard.js';
import { removeUnfinished, unfinishedFiles } from '../processes/unfinished.js';
import { resultText } from '../report/json.js';
import type { Language } from '../report/language.js';
import { keeping } from './resultsFolder.js';
import { writeReport } from './writeReport.js';

/**
 * The folder of one run. The plan is there from the beginning; the result comes whole or not at all, before any report of it: a chart that
 * fails costs nothing else. A run that comes to nothing leaves nothing.
 */
export class RunFolder {
  readonly path: string;
  readonly #guard: Guard;
  #finished = false;

  /** Of a folder that was taken (`takeFolder`). */
  static async begin(path: string, plan: Plan, guard: Guard): Promise<RunFolder> {
    const folder = new RunFolder(path, guard);
    await keeping(path, writeFile(join(path, unfinishedFiles.plan), `${JSON.stringify(plan, null, 2)}\n`));
    return folder;
  }

  private constructor(path: string, guard: Guard) {
    this.path = path;
    this.#guard = guard;
  }

  async keep(result: Result): Promise<void> {
    const partial = join(this.path, unfinishedFiles.result);
    await keeping(this.path, writeFile(partial, resultText(result)));
    await keeping(this.path, rename(partial, join(this.path, 'result.json')));
    this.#finished = true;
    this.#guard.tell('finished', this.path);
  }

  /** Returns what could not be drawn or written, in words. */
  async report(result: Result, language?: Language): Promise<readonly string[]> {
    const { failed } = await writeReport(this.path, result, language);
    return failed.map((words) => `${words}; the result is kept, and \`npx bench report ${this.path}\` tries again`);
  }

  /** For the end: nothing once the result is kept. */
  async discard(): Promise<void> {
    if (this.#finished) return;
    await removeUnfinished(this.path);
    this.#guard.tell('finished', this.path);
  }
}
