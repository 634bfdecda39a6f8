import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guard } from '../processes/guard.js';
import { removeUnfinished, unfinishedFiles } from '../processes/unfinished.js';
import { type Comparison, comparisonText } from '../report/comparison.js';
import { comparisonFiles } from '../report/comparisonReport.js';
import { keeping, takeFolder } from './resultsFolder.js';
import { writeFiles } from './writeReport.js';

/** The folder of a comparison: one inside it for each run, and an index that is written anew after each. */
export class ComparisonFolder {
  readonly path: string;
  readonly #guard: Guard;
  #finished = false;

  static async take(out: string | undefined, guard: Guard): Promise<ComparisonFolder> {
    return new ComparisonFolder(await takeFolder(out, 'comparison', guard), guard);
  }

  private constructor(path: string, guard: Guard) {
    this.path = path;
    this.#guard = guard;
  }

  /** Makes the folder of one run. A strategy from outside may have any name. */
  async place(strategy: string): Promise<string> {
    const folder = join(this.path, strategy.replaceAll(/[^\w.-]+/g, '-'));
    await keeping(folder, mkdir(folder));
    this.#guard.tell('unfinished', folder);
    return folder;
  }

  /** The index, whole or as it was before. */
  async keep(comparison: Comparison): Promise<void> {
    const partial = join(this.path, unfinishedFiles.result);
    await keeping(this.path, writeFile(partial, comparisonText(comparison)));
    await keeping(this.path, rename(partial, join(this.path, 'comparison.json')));
    this.#finished = true;
    this.#guard.tell('finished', this.path);
  }

  /** Returns what could not be written, in words. */
  async report(comparison: Comparison): Promise<readonly string[]> {
    const { failed } = await writeFiles(this.path, comparisonFiles(comparison));
    return failed;
  }

  /** For the end: nothing once a run is kept. */
  async discard(): Promise<void> {
    if (this.#finished) return;
    await removeUnfinished(this.path);
    this.#guard.tell('finished', this.path);
  }
}
